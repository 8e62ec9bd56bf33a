import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { AuthorizationCode } from "../../../src/core/person.js";
import type { Click } from "../../../src/core/plan/open-plan.js";
import { beginSignIn, lookAtSignIn } from "../../../src/core/sign-in/begin-sign-in.js";
import { finishSignIn } from "../../../src/core/sign-in/finish-sign-in.js";
import { journeyOf, nameInState } from "../../../src/core/sign-in/journey.js";
import { offerSignIn } from "../../../src/core/sign-in/offer-sign-in.js";
import { PlanStory } from "../apply/plan-story.js";
import { type FakeWorld, GRACE, LINUS } from "../fake-world.js";
import { pressed } from "../pressed-cards.js";

const CODE = { kind: "code", code: new AuthorizationCode("the.code") } as const;
let world: FakeWorld;
let click: Click;
beforeEach(async () => {
  const story = new PlanStory();
  world = story.world;
  click = pressed(await story.propose());
});

const offer = () => offerSignIn(world.ports, world.rules, click);

/** Sets out, and is about to come back. */
async function underWay(link: string) {
  const begun = await beginSignIn(world.ports, world.rules, link);
  if (!("browser" in begun)) throw new Error(`did not set out: ${JSON.stringify(begun)}`);
  return { link, browser: begun.browser, state: journeyOf(link, begun.browser).state, answer: CODE };
}

describe("a sign-in in a browser", () => {
  it("approves what the card showed, as the person who pressed", async () => {
    const arrival = await underWay(await offer());
    const finished = await finishSignIn(world.ports, world.rules, arrival);
    expect(finished).toMatchObject({
      outcome: { kind: "decided", plan: { state: { kind: "applied", by: GRACE } } },
    });
    expect(world.exchanged).toMatchObject([{ person: GRACE.id, answer: CODE }]);
    expect(world.patches).toHaveLength(1);
  });

  it("sends to Entra the hash of what it keeps, and nothing that it comes back with is in the store", async () => {
    const { link, browser } = await underWay(await offer());
    const { journey } = world.sentToSignIn[0] ?? { journey: undefined };
    expect(journey).toEqual(journeyOf(link, browser));
    expect(journey?.verifier).toMatch(/^[0-9a-f]{64}$/);
    expect(nameInState(journey?.state ?? "")).toMatch(/^[0-9a-f]{16}$/);
    expect(new Set(Object.values(journey ?? {})).size).toBe(4);
  });

  it("offers the account of who pressed, by the directory, and goes on where that cannot be read", async () => {
    await underWay(await offer());
    expect(world.sentToSignIn.at(-1)?.wanted).toMatchObject({ account: `${GRACE.id}@example.com` });
    world.signInNameFault = new Fault("graph-unavailable", "no");
    await underWay(await offer());
    expect(world.sentToSignIn.at(-1)?.wanted).not.toHaveProperty("account");
  });

  it("is over after its minutes, and after it was used", async () => {
    const arrival = await underWay(await offer());
    world.advance(10 * 60_000);
    expect(await finishSignIn(world.ports, world.rules, arrival)).toEqual({ kind: "sign-in-over" });
    const second = await underWay(await offer());
    await finishSignIn(world.ports, world.rules, second);
    expect(await finishSignIn(world.ports, world.rules, second)).toEqual({ kind: "sign-in-over" });
    expect(world.patches).toHaveLength(1);
  });

  it("with another state uses nothing up", async () => {
    const arrival = await underWay(await offer());
    const stolen = { ...arrival, state: `${arrival.state.slice(0, 16)}.${"0".repeat(64)}` };
    expect(await finishSignIn(world.ports, world.rules, stolen)).toEqual({ kind: "sign-in-over" });
    expect(world.exchanged).toEqual([]);
    expect(await finishSignIn(world.ports, world.rules, arrival)).toMatchObject({
      outcome: { kind: "decided" },
    });
  });

  it("is looked at without changing anything", async () => {
    const link = await offer();
    expect(await lookAtSignIn(world.ports, world.rules, link)).toMatchObject({ outcome: { number: 1 } });
    expect(await lookAtSignIn(world.ports, world.rules, "made-up")).toEqual({ kind: "sign-in-over" });
    expect(await finishSignIn(world.ports, world.rules, await underWay(link))).toMatchObject({
      outcome: { kind: "decided" },
    });
  });

  it("does not begin for a person who may not approve", async () => {
    click = { ...click, person: LINUS };
    const begun = await beginSignIn(world.ports, world.rules, await offer());
    expect(begun).toMatchObject({ refusal: { code: "not-an-approver" } });
    expect(world.sentToSignIn).toEqual([]);
  });

  it("is refused when the role is gone by the time the browser is back", async () => {
    const arrival = await underWay(await offer());
    world.roles.set(GRACE.id, []);
    const finished = await finishSignIn(world.ports, world.rules, arrival);
    expect(finished).toMatchObject({ outcome: { kind: "refusal", code: "no-access" } });
    expect(world.exchanged).toEqual([]);
  });

  it("of an installation for another tenant is none", async () => {
    const link = await offer();
    const rules = { ...world.rules, tenantId: "another" as typeof world.rules.tenantId };
    expect(await beginSignIn(world.ports, rules, link)).toEqual({ kind: "sign-in-over" });
  });

  it("that Entra refuses is on record, without what Entra demands, and leaves the plan as it was", async () => {
    const arrival = await underWay(await offer());
    world.ports.browserSignIn.exchange = async () => ({
      kind: "sign-in-failed",
      problem: "mfa-required",
      entraCode: "AADSTS50076",
      claims: "{}",
    });
    const finished = await finishSignIn(world.ports, world.rules, arrival);
    expect(finished).toMatchObject({ outcome: { code: "sign-in-failed", claims: "{}" } });
    expect(world.store.records.at(-1)).toMatchObject({ event: "attempt-failed", by: GRACE });
    expect(world.store.records.at(-1)?.detail).toEqual({
      problem: "mfa-required",
      entraCode: "AADSTS50076",
      way: "browser",
    });
    expect(world.store.plansByNumber.get(1)?.state.kind).toBe("waiting");
  });
});
