import { beforeEach, expect, it } from "vitest";
import type { CarriedSignIn } from "../../../src/core/access/sign-in-demands.js";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import type { Person } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { SignedIn } from "../../../src/core/ports/acting.js";
import type { Rules } from "../../../src/core/ports.js";
import { PlanStory } from "../apply/plan-story.js";
import { ASSERTION, GRACE, JOAN } from "../fake-world.js";
import { pressed } from "../pressed-cards.js";

const STRONG: CarriedSignIn = { amr: ["fido", "mfa"], acrs: ["c1"], at: "2026-11-22T09:59:00.000Z" };
let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
  story.rules = { ...story.rules, signInDemands: ["c1"] };
});

/** What a sign-in in a browser brought. */
async function signedIn(carried?: CarriedSignIn): Promise<SignedIn> {
  const acting = await story.world.ports.actAs.onBehalfOf(ASSERTION);
  if (acting.kind !== "signed-in") throw new Error("not signed in");
  return { ...acting, ...(carried === undefined ? {} : { carried }) };
}
const approve = (
  plan: Plan,
  person: Person,
  proof?: Parameters<typeof approvePlan>[3],
  rules: Rules = story.rules,
) => approvePlan(story.world.ports, rules, pressed(plan, person), proof);

it("Teams' own sign-in is not enough: one in a browser is asked for", async () => {
  const plan = await story.propose();
  const needed = { kind: "sign-in-needed", unmet: ["c1"] };
  expect(await approve(plan, GRACE)).toEqual(needed);
  expect(await approve(plan, GRACE, ASSERTION)).toEqual(needed);
  expect(story.world.patches).toEqual([]);
});

it.each<[string, CarriedSignIn | undefined]>([
  ["says nothing of itself", undefined],
  ["carries another context", { ...STRONG, acrs: ["c2"] }],
])("a sign-in that %s approves nothing", async (_, carried) => {
  const plan = await story.propose();
  expect(await approve(plan, GRACE, await signedIn(carried))).toMatchObject({
    code: "sign-in-too-weak",
    unmet: ["c1"],
  });
  expect(story.world.patches).toEqual([]);
  expect(story.world.store.plansByNumber.get(plan.number)?.approvals).toEqual([]);
});

it("one that carries it approves, and what it carried is on record", async () => {
  const plan = await story.propose();
  expect(await approve(plan, GRACE, await signedIn(STRONG))).toMatchObject({
    plan: { state: { kind: "applied" } },
  });
  const approved = story.world.store.records.find(({ event }) => event === "plan-approved");
  expect(approved?.detail).toMatchObject({ signIn: STRONG });
});

it("an approval from before the demand does not count any more", async () => {
  const lax = { ...story.rules, signInDemands: [], approvalsRequired: 2 };
  story.rules = lax;
  const plan = await story.propose();
  await approve(plan, JOAN, ASSERTION, lax);
  const strict = { ...lax, signInDemands: ["c1"] };
  const answer = await approve(plan, GRACE, await signedIn(STRONG), strict);
  expect(answer).toMatchObject({ kind: "decided", plan: { state: { kind: "waiting" } } });
  expect(story.world.patches).toEqual([]);
});

it("a plan is held to what was asked for when it was made", async () => {
  const plan = await story.propose();
  const lax = { ...story.rules, signInDemands: [] };
  expect(await approve(plan, GRACE, ASSERTION, lax)).toMatchObject({ kind: "sign-in-needed", unmet: ["c1"] });
});
