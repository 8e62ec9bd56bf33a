import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA, GRACE, LINUS, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const stateOf = (number: number) => world.tenant.store.plansByNumber.get(number)?.state;
const saidTo = (person: typeof ADA) => JSON.stringify(world.card(personal(person)) ?? "");

async function asked(number = 1): Promise<void> {
  await world.tenant.scan();
  await world.say(ADA, "enable passkeys");
  await world.bot.idle();
  expect(stateOf(number)).toEqual({ kind: "waiting" });
}

describe("reject in words", () => {
  it("rejects with the reason, as the button does, and says so", async () => {
    await asked();
    await world.say(GRACE, "reject 1 because Finance is not ready");
    expect(stateOf(1)).toMatchObject({
      kind: "rejected",
      by: { id: GRACE.id },
      reason: "Finance is not ready",
    });
    expect(world.tenant.store.events()).toContain("plan-rejected");
    expect(world.texts(personal(GRACE)).at(-1)).toContain("You rejected plan #1");
    expect(world.tenant.patches).toEqual([]);
  });

  it("takes the one plan that waits for the one that is meant", async () => {
    await asked();
    await world.say(GRACE, "no, reject that one");
    expect(stateOf(1)).toMatchObject({ kind: "rejected" });
  });

  it("is refused to a person who is no approver", async () => {
    await asked();
    await world.say(LINUS, "reject 1 because I say so");
    expect(stateOf(1)).toEqual({ kind: "waiting" });
    expect(world.texts(personal(LINUS)).at(-1)).toContain("Authentication Policy Administrator");
  });
});

describe("approve in words", () => {
  it("approves nothing: it shows the card and explains its button", async () => {
    await asked();
    await world.say(GRACE, "approve it");
    expect(stateOf(1)).toEqual({ kind: "waiting" });
    expect(world.tenant.store.plansByNumber.get(1)?.approvals).toEqual([]);
    expect(world.texts(personal(GRACE)).at(-1)).toContain("press Approve");
  });

  it("says that nothing waits, and speaks of no approval where it is decided", async () => {
    await world.say(GRACE, "lgtm");
    expect(saidTo(GRACE)).toContain("No plan waits");
    await asked();
    await world.say(GRACE, "reject 1");
    await world.say(GRACE, "approve 1");
    expect(world.texts(personal(GRACE)).at(-1)).toMatch(/already rejected/);
    expect(world.texts(personal(GRACE)).at(-1)).not.toMatch(/press Approve/);
  });
});

describe("a plan of one's own", () => {
  it("is taken back when that is said in so many words, and else asked about", async () => {
    await asked();
    await world.say(ADA, "stop");
    expect(stateOf(1)).toEqual({ kind: "waiting" });
    expect(saidTo(ADA)).toContain("cancel 1");
    await world.say(ADA, "cancel my plan");
    expect(stateOf(1)).toMatchObject({ kind: "cancelled", by: { id: ADA.id } });
  });

  it("is never that of another person", async () => {
    await asked();
    await world.say(GRACE, "cancel my plan");
    expect(stateOf(1)).toEqual({ kind: "waiting" });
    expect(saidTo(GRACE)).toContain("No plan of yours is open");
  });

  it("is told about, with who can approve it", async () => {
    await asked();
    await world.say(ADA, "why is my plan not approved yet?");
    expect(saidTo(ADA)).toMatch(/#1.*Nobody has approved it yet.*Authentication Policy Administrator/s);
  });
});

describe("undo of what a certain person did", () => {
  /** Ada asks for each, and it counts as applied by that person. */
  async function applied(...approvers: readonly (typeof ADA)[]): Promise<void> {
    for (const [at, by] of approvers.entries()) {
      world.tenant.policy = { ...world.tenant.policy, somethingNew: at };
      await asked(at + 1);
      const plan = world.tenant.store.plansByNumber.get(at + 1);
      if (plan === undefined) throw new Error("there is no such plan");
      const when = new Date(world.tenant.time + at * 60_000).toISOString();
      const state = { kind: "applied", by, at: when, clientRequestId: `id-${at}`, otherWriters: [] } as const;
      world.tenant.store.plansByNumber.set(at + 1, { ...plan, state });
    }
  }

  it("offers the last plan that person asked for or approved, and no other", async () => {
    await applied(GRACE, LINUS);
    await world.say(ADA, "undo what Grace did");
    expect(saidTo(ADA)).toContain("The last plan that Grace asked for or approved is #1.");
    expect(saidTo(ADA)).toContain(JSON.stringify({ say: "undo 1" }));
    await world.say(ADA, "undo what Linus did");
    expect(saidTo(ADA)).toContain("asked for or approved is #2.");
    await world.say(GRACE, "undo my last change");
    expect(saidTo(GRACE)).toContain("The last plan that you asked for or approved is #1.");
    await world.say(GRACE, "undo last");
    expect(saidTo(GRACE)).toContain("The last plan that was applied is #2.");
  });

  it("offers no way back from passkey profiles, where those came into use last", async () => {
    await applied(GRACE);
    const plan = world.tenant.store.plansByNumber.get(1);
    if (plan === undefined) throw new Error("there is no such plan");
    world.tenant.store.plansByNumber.set(1, { ...plan, intent: { kind: "use-profiles" } });
    await world.say(ADA, "undo last");
    expect(saidTo(ADA)).toContain("It cannot be taken back");
    expect(saidTo(ADA)).not.toContain(JSON.stringify({ say: "undo 1" }));
    await world.say(ADA, "show 1");
    expect(saidTo(ADA)).toContain("This cannot be taken back.");
    expect(saidTo(ADA)).not.toContain("undo 1");
  });

  it("says that there is none, where that person had no part in any", async () => {
    await applied(GRACE);
    await world.say(ADA, "undo what Linus did");
    expect(saidTo(ADA)).toContain("No plan that Linus asked for or approved was applied");
    expect(saidTo(ADA)).not.toContain("undo 1");
    await world.say(LINUS, "undo what I did");
    expect(saidTo(LINUS)).toContain("No plan that you asked for or approved was applied");
  });
});
