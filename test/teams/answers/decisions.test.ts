import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ADA, GRACE, LINUS, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const stateOf = (number: number) => world.tenant.store.plansByNumber.get(number)?.state;
const saidTo = (person: typeof ADA) => JSON.stringify(world.card(personal(person)) ?? "");

async function asked(): Promise<void> {
  await world.tenant.scan();
  await world.say(ADA, "enable passkeys");
  await world.bot.idle();
  expect(stateOf(1)).toEqual({ kind: "waiting" });
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
