import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { replicaId } from "../../../src/core/person.js";
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
const cancelled = (plan: Plan): Plan => ({
  ...plan,
  version: plan.version + 1,
  state: { kind: "cancelled", by: ADA, at: "2026-11-22T10:05:00.000Z" },
});
const updates = () => world.channel.calls.filter((call) => call.method === "PUT");

describe("announcing a plan", () => {
  beforeEach(() => world.say(ADA, "enable passkeys", GROUP));

  it("redraws the card that was posted and posts no second one", async () => {
    await world.bot.announcer.planChanged(cancelled(stored()));
    await world.bot.idle();
    expect(updates()).toMatchObject([
      { conversation: GROUP.id, activityId: world.stores.posted[0]?.activityId },
    ]);
    expect(world.channel.posts(GROUP.id)).toHaveLength(1);
  });

  it("never draws an older state over a newer one", async () => {
    const [old, done] = [stored(), cancelled(stored())];
    await world.bot.announcer.planChanged(done);
    await world.bot.announcer.planChanged(old);
    await world.bot.idle();
    await world.bot.announcer.planChanged(old);
    await world.bot.idle();
    expect(updates()).toHaveLength(1);
    expect(JSON.stringify(world.card(GROUP))).toContain("Cancelled by");
  });

  it("draws what the store holds when that is newer than what was announced", async () => {
    const plan = stored();
    world.tenant.store.plansByNumber.set(1, { ...cancelled(plan), version: plan.version + 5 });
    await world.bot.announcer.planChanged({ ...plan, version: plan.version + 1 });
    await world.bot.idle();
    expect(JSON.stringify(world.card(GROUP))).toContain("Cancelled by");
  });

  it("draws again what another process changed while it was drawing, so that the newest state is drawn last", async () => {
    const { plans, plansByNumber } = world.tenant.store;
    const [plan, versionOf] = [stored(), plans.versionOf];
    plans.versionOf = async (...given) => {
      const newer: Plan = { ...cancelled(plan), version: plan.version + 2 };
      if (updates().length === 1) plansByNumber.set(plan.number, newer);
      return versionOf(...given);
    };
    await world.bot.announcer.planChanged({ ...plan, version: plan.version + 1 });
    await world.bot.idle();
    expect(updates()).toHaveLength(2);
    expect(JSON.stringify(world.card(GROUP))).toContain("Cancelled by");
  });

  it("reads no plan again that is in the store as it was announced, however many copies it has", async () => {
    await world.say(GRACE, "show 1");
    const plan = { ...cancelled(stored()), version: stored().version + 1 };
    world.tenant.store.plansByNumber.set(plan.number, plan);
    const { plans } = world.tenant.store;
    const reads = vi.spyOn(plans, "find");
    const before = updates().length;
    await world.bot.announcer.planChanged(plan);
    await world.bot.idle();
    expect(updates()).toHaveLength(before + 2);
    expect(reads).not.toHaveBeenCalled();
  });

  it("draws several changes in quick succession as one, the last", async () => {
    const plan = stored();
    for (let version = 2; version <= 20; version += 1) {
      void world.bot.announcer.planChanged({ ...cancelled(plan), version: plan.version + version });
    }
    await world.bot.idle();
    expect(updates()).toHaveLength(1);
  });

  it("tries again after the time Teams asks for", async () => {
    const { faults } = world.channel.teams;
    faults.next({ kind: "status", status: 429, retryAfter: "1" });
    faults.next({ kind: "status", status: 412 });
    const started = Date.now();
    await world.bot.announcer.planChanged(cancelled(stored()));
    await world.bot.idle();
    expect(updates()).toHaveLength(1);
    expect(Date.now() - started).toBeGreaterThan(900);
  });

  it("never throws: a card that is gone is logged, and the others are drawn", async () => {
    await world.say(GRACE, "show 1");
    const before = updates().length;
    world.channel.teams.faults.next({ kind: "status", status: 404 });
    await world.bot.announcer.planChanged(cancelled(stored()));
    await world.bot.idle();
    expect(updates()).toHaveLength(before + 1);
    expect(world.logged).toContainEqual(expect.objectContaining({ level: "warn", event: "card-not-drawn" }));
    expect(JSON.stringify(world.logged)).not.toContain(await world.channel.botToken());
  });
});

describe("announcing a plan to approvers", () => {
  it("does not fail for all because one person cannot be looked up", async () => {
    const eve = { ...GRACE, id: "cccccccc-0000-4000-8000-00000000000e" as typeof GRACE.id };
    await world.say(GRACE, "help");
    await world.channel.send({
      ...world.envelope(eve, personal(eve)),
      type: "installationUpdate",
      action: "add",
    });
    await world.bot.idle();
    const roles = world.tenant.ports.directory.activeRoles;
    world.tenant.ports.directory.activeRoles = async (person) => {
      if (person === eve.id) throw new Error("no answer");
      return roles(person);
    };
    await world.say(ADA, "enable passkeys", GROUP);
    expect(findAction(world.card(personal(GRACE)), "Approve")).toBeDefined();
    expect(findAction(world.card(personal(eve)), "Approve")).toBeUndefined();
    expect(world.card(GROUP)).toBeDefined();
  });

  it("posts to the chat it was asked in once, also when the person who asked may approve", async () => {
    await world.say(GRACE, "enable passkeys");
    expect(world.channel.posts(personal(GRACE).id)).toHaveLength(1);
    expect(findAction(world.card(personal(GRACE)), "Cancel")).toBeDefined();
    expect(findAction(world.card(personal(GRACE)), "Approve")).toBeUndefined();
  });
});

/** What a message shows now, by the calls Teams took. */
const shownOn = (activityId: string): string =>
  JSON.stringify(world.channel.calls.findLast((call) => call.activityId === activityId)?.body);
const approve = () => findAction(world.card(GROUP), "Approve");
/** Presses Approve on a message of the group, as Teams tells of it. */
async function pressOn(activityId: string): Promise<void> {
  const action = approve();
  if (action === undefined) throw new Error("no button");
  const click = world.click(GRACE, action, GROUP, await world.signedIn(GRACE));
  await world.channel.send({ ...click, replyToId: activityId });
  await world.quiet();
}

describe("a card that Teams took without the store knowing of it", () => {
  it("is replaced once when the process died in between, and then pressed, kept up to date as well", async () => {
    await world.say(ADA, "enable passkeys", GROUP);
    const [posting] = world.stores.posted.splice(0);
    if (posting === undefined) throw new Error("nothing was posted");
    const { activityId, ...rest } = posting;
    world.stores.intents.push({
      ...rest,
      intentId: "lost",
      poster: replicaId("a process that died"),
      tries: 1,
    });
    for (let starts = 0; starts < 2; starts += 1) {
      await world.bot.announcer.catchUp(rest.tenantId, "2026-01-01T00:00:00.000Z");
      await world.bot.idle();
    }
    expect(world.channel.posts(GROUP.id)).toHaveLength(2);
    expect([world.stores.posted.length, world.stores.intents.length]).toEqual([1, 0]);
    await pressOn(activityId);
    expect(stored().state.kind).toBe("applied");
    expect(shownOn(activityId)).toContain("Applied and verified");
    expect(shownOn("message-2")).toContain("Applied and verified");
  });

  it.each([
    ["502", { kind: "status", status: 502, taken: true }],
    ["504", { kind: "status", status: 504, taken: true }],
    ["a connection that ends", { kind: "cut", when: "after" }],
  ] as const)(
    "is posted once more when the answer to the first was lost (%s), and its copy is kept up to date when it is pressed",
    async (_, lost) => {
      world.channel.teams.faults.next(lost);
      await world.say(ADA, "enable passkeys", GROUP);
      expect(world.channel.posts(GROUP.id)).toHaveLength(2);
      expect(world.stores.posted).toMatchObject([{ activityId: "message-2" }]);
      await pressOn("message-1");
      expect(world.stores.posted).toMatchObject([{ activityId: "message-2" }, { activityId: "message-1" }]);
      for (const message of ["message-1", "message-2"]) {
        expect(shownOn(message)).toContain("Applied and verified");
      }
    },
    15_000,
  );

  it("is not posted a third time, whatever Teams says", async () => {
    world.channel.teams.faults.next({ kind: "status", status: 504, taken: true }, { times: 2 });
    await world.say(ADA, "enable passkeys", GROUP);
    await world.bot.announcer.planChanged(stored());
    await world.bot.idle();
    expect(world.channel.posts(GROUP.id)).toHaveLength(2);
  });
});

describe("a press on a card", () => {
  it("does what it does, whether the board can look the card up or not", async () => {
    await world.say(ADA, "enable passkeys", GROUP);
    world.stores.postings.ofMessage = async () => {
      throw new Error("the disk is gone");
    };
    await pressOn("another");
    expect(stored().state.kind).toBe("applied");
    expect(world.logged).toContainEqual(expect.objectContaining({ event: "card-not-looked-up" }));
  });
});

describe("a scan that was interrupted for good", () => {
  it("does not leave its card reading: after a start it says that it ended", async () => {
    await world.say(ADA, "help", GROUP);
    const { tenantId } = world.tenant.rules;
    const conversation = [
      ...world.stores.known.keys(),
    ][0] as (typeof world.stores.posted)[number]["conversation"];
    const { id: activityId } = world.channel.teams.messages.post({
      conversation,
      activity: { text: "Reading" },
    });
    world.stores.posted.push({ tenantId, kind: "scan", id: "dead", conversation, activityId, version: 7 });
    await world.bot.announcer.catchUp(tenantId, "2026-01-01T00:00:00.000Z");
    await world.bot.idle();
    expect(shownOn(activityId)).toContain("ended without a result");
    expect(shownOn(activityId)).not.toContain("cancelScan");
    expect(await world.stores.postings.unfinished(tenantId)).toEqual([]);
  });
});
