import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ADA, findAction, GRACE, GROUP, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

const stored = (): Plan => {
  const plan = world.tenant.store.plansByNumber.get(1);
  if (!plan) throw new Error("no plan");
  return plan;
};
/** What its message shows now, by the calls Teams took. */
const shownOn = (activityId: unknown) =>
  world.channel.calls.findLast((call) => call.activityId === activityId)?.body;
const cancel = async () => {
  const plan = { ...stored(), version: stored().version + 1 };
  const cancelled: Plan = { ...plan, state: { kind: "cancelled", by: ADA, at: plan.createdAt } };
  world.tenant.store.plansByNumber.set(1, cancelled);
  await world.bot.announcer.planChanged(cancelled);
  await world.bot.idle();
};

describe.each([400, 413])("a card that Teams answers with %d", (status) => {
  it("is followed by words with the plan's number, once, which become the card when Teams takes one", async () => {
    world.channel.teams.faults.next({ kind: "status", status }, { method: "POST" });
    await world.say(ADA, "enable passkeys", GROUP);
    expect(world.texts(GROUP)).toEqual([
      expect.stringMatching(/plan #1, waiting for approval.*Teams did not take the card.*show 1.*cancel 1/is),
    ]);
    expect(world.logged).toContainEqual(
      expect.objectContaining({
        level: "warn",
        event: "card-refused",
        detail: expect.objectContaining({ status }),
      }),
    );
    await world.bot.announcer.planChanged(stored());
    await world.bot.idle();
    expect(world.channel.posts(GROUP.id)).toHaveLength(1);
    await cancel();
    expect(JSON.stringify(shownOn(world.stores.posted[0]?.activityId))).toContain("Cancelled by");
    expect(world.channel.posts(GROUP.id)).toHaveLength(1);
  });

  it("is replaced by words where a card stood, so that no button of before is left", async () => {
    await world.say(ADA, "enable passkeys", GROUP);
    world.channel.teams.faults.next({ kind: "status", status }, { method: "PUT" });
    await cancel();
    const now = shownOn(world.stores.posted[0]?.activityId);
    expect(now.text).toMatch(/plan #1, cancelled.*show 1.*evidence 1/is);
    expect(now.attachments).toBeUndefined();
  });

  it("keeps no other conversation from its own", async () => {
    await world.say(GRACE, "help");
    world.channel.teams.faults.next(
      { kind: "status", status },
      { method: "POST", conversation: personal(GRACE).id },
    );
    await world.say(ADA, "enable passkeys", GROUP);
    expect(findAction(world.card(GROUP), "Approve")).toBeDefined();
    expect(world.texts(personal(GRACE))).toEqual([expect.stringContaining("plan #1")]);
  });

  it("says its summary when it is an answer, and what to do", async () => {
    world.channel.teams.faults.next({ kind: "status", status }, { method: "POST" });
    await world.say(ADA, "show policy");
    expect(world.texts(personal(ADA))).toEqual([
      expect.stringMatching(/Passkeys \(FIDO2\) are .*Teams did not take the card.*Say it again/s),
    ]);
  });
});

it("what Teams takes neither as a card nor in words is logged, and the others are served", async () => {
  await world.say(GRACE, "help");
  world.channel.teams.faults.next(
    { kind: "status", status: 400 },
    { method: "POST", conversation: GROUP.id, times: 2 },
  );
  await world.say(ADA, "enable passkeys", GROUP);
  expect(world.texts(GROUP)).toEqual([]);
  expect(findAction(world.card(personal(GRACE)), "Approve")).toBeDefined();
  expect(world.logged).toContainEqual(expect.objectContaining({ event: "card-not-drawn" }));
});
