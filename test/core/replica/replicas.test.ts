import { beforeEach, describe, expect, it } from "vitest";
import { replicaId, tenantId } from "../../../src/core/person.js";
import { OwnReplica } from "../../../src/core/replica/replicas.js";
import { FakeReplicaStore } from "../fake-replica-store.js";
import { FakeWorld } from "../fake-world.js";
import { ManualClock, passTime } from "../manual-clock.js";

const TENANT = tenantId("tenant");
const SECOND = 1_000;

let store: FakeReplicaStore;
let logged: { readonly event: string; readonly detail: Readonly<Record<string, unknown>> | undefined }[];
let one: OwnReplica;
let other: OwnReplica;
let clockOfOne: ManualClock;
let clockOfOther: ManualClock;

beforeEach(async () => {
  store = new FakeReplicaStore();
  logged = [];
  clockOfOne = new ManualClock("one");
  clockOfOther = new ManualClock("other");
  one = replicaOn(clockOfOne);
  other = replicaOn(clockOfOther);
  await one.start();
  await other.start();
});

function replicaOn(clock: ManualClock): OwnReplica {
  const note = (event: string, detail?: Readonly<Record<string, unknown>>): void => {
    logged.push({ event, detail });
  };
  return new OwnReplica({ store, clock, log: { info: note, warn: note, error: note } }, TENANT);
}

const pass = (milliseconds: number) => passTime(milliseconds, clockOfOne, clockOfOther);
/** The process is killed: it is not heard any more, and does not say goodbye. */
const kill = (clock: ManualClock): void => {
  clock.paused = true;
};
const events = () => logged.map(({ event }) => event);

describe("processes that share a store", () => {
  it("hear one another for as long as they live", async () => {
    await pass(120 * SECOND);
    expect([await one.isGone(other.self), await other.isGone(one.self)]).toEqual([false, false]);
    expect(events()).toEqual(["replica-started", "replica-started"]);
    expect(logged[1]?.detail).toEqual({ replica: other.self, others: 1 });
  });

  it("know that one is gone when its beat has stood still for ten seconds, and not before", async () => {
    await pass(3 * SECOND);
    kill(clockOfOther);
    await pass(9 * SECOND);
    expect(await one.isGone(other.self)).toBe(false);
    expect(await one.othersAlive()).toBe(1);
    await pass(3 * SECOND);
    expect(await one.isGone(other.self)).toBe(true);
    expect(await one.othersAlive()).toBe(0);
  });

  it("count who is gone, once, whether it fell silent or said goodbye", async () => {
    await pass(3 * SECOND);
    expect(one.goneCount).toBe(0);
    kill(clockOfOther);
    await pass(13 * SECOND);
    expect(one.goneCount).toBe(1);
    await pass(70 * SECOND);
    expect(one.goneCount).toBe(1);
    const third = replicaOn(new ManualClock("third"));
    await third.start();
    await pass(3 * SECOND);
    await third.stop();
    await pass(3 * SECOND);
    expect(one.goneCount).toBe(2);
  });

  it("give one that was just heard of ten seconds, whatever its beat is", async () => {
    await pass(60 * SECOND);
    kill(clockOfOther);
    const late = replicaOn(clockOfOne);
    await late.start();
    expect(await late.isGone(other.self)).toBe(false);
    await pass(9 * SECOND);
    expect(await late.isGone(other.self)).toBe(false);
    await pass(3 * SECOND);
    expect(await late.isGone(other.self)).toBe(true);
  });

  it("know at once that one is gone which left, or was never there", async () => {
    await other.stop();
    expect(await one.isGone(other.self)).toBe(true);
    expect(await one.isGone(replicaId("of last week"))).toBe(true);
    await pass(10 * SECOND);
    expect([...(await store.beats()).keys()]).toEqual([one.self]);
  });

  it("never take themselves for gone, even when the others have forgotten them", async () => {
    await store.leave(one.self);
    expect(await one.isGone(one.self)).toBe(false);
  });

  it("take nobody for gone because they did not look themselves: a paused process asks anew", async () => {
    await pass(4 * SECOND);
    kill(clockOfOne);
    kill(clockOfOther);
    await pass(300 * SECOND);
    clockOfOne.paused = false;
    expect(await one.isGone(other.self)).toBe(false);
    await pass(4 * SECOND);
    expect(await one.isGone(other.self)).toBe(false);
    await pass(6 * SECOND);
    expect(await one.isGone(other.self)).toBe(true);
  });

  it("take nobody for gone because the store was away, and say once that they could not be heard", async () => {
    await pass(4 * SECOND);
    store.away = true;
    await pass(60 * SECOND);
    store.away = false;
    expect(await one.isGone(other.self)).toBe(false);
    await pass(10 * SECOND);
    expect([await one.isGone(other.self), await other.isGone(one.self)]).toEqual([false, false]);
    expect(events().slice(2)).toEqual([
      "replica-not-heard",
      "replica-not-heard",
      "replica-heard-again",
      "replica-heard-again",
    ]);
  });

  it("are not written about again and again where there can be only one", async () => {
    const alone = new FakeReplicaStore();
    const { log } = new FakeWorld().ports;
    const only = new OwnReplica({ store: alone, clock: clockOfOne, log, isAlone: true }, TENANT);
    await only.start();
    await pass(60 * SECOND);
    expect(await alone.beats()).toEqual(new Map([[only.self, 1]]));
    expect([await only.claim("plans"), await only.isGone(replicaId("before"))]).toEqual([true, true]);
  });

  it("cannot start while the store is away", async () => {
    store.away = true;
    await expect(replicaOn(clockOfOne).start()).rejects.toThrow("the database is away");
  });

  it("forget one that was silent for a minute, so that the list of them stays short", async () => {
    kill(clockOfOther);
    await pass(59 * SECOND);
    expect((await store.beats()).size).toBe(2);
    await pass(5 * SECOND);
    expect([...(await store.beats()).keys()]).toEqual([one.self]);
    expect(logged.at(-1)).toEqual({ event: "replica-gone", detail: { replica: other.self } });
  });
});

describe("a duty", () => {
  it("is held by one at a time: the first who asks, for as long as it lives", async () => {
    expect([await one.claim("plans"), await other.claim("plans")]).toEqual([true, false]);
    await pass(60 * SECOND);
    expect([await other.claim("plans"), await one.claim("plans")]).toEqual([false, true]);
    expect(await other.claim("drift")).toBe(true);
  });

  it("goes to one only when both ask at the same time", async () => {
    const held = await Promise.all([one.claim("scan"), other.claim("scan")]);
    expect(held.filter((each) => each)).toHaveLength(1);
  });

  it("is free as soon as it is released, and when its holder leaves", async () => {
    await one.claim("scan");
    await one.claim("plans");
    await one.release("scan");
    expect([await other.claim("scan"), await other.claim("plans")]).toEqual([true, false]);
    await one.stop();
    expect(await other.claim("plans")).toBe(true);
    expect(events()).not.toContain("replica-gone");
  });

  it("is not released by one that does not hold it", async () => {
    await one.claim("scan");
    await other.release("scan");
    expect(await other.claim("scan")).toBe(false);
  });

  it("is taken over from one that is gone, which is forgotten with all its duties, and that is logged", async () => {
    await other.claim("plans");
    await other.claim("drift");
    kill(clockOfOther);
    await pass(8 * SECOND);
    expect(await one.claim("plans")).toBe(false);
    await pass(6 * SECOND);
    expect(await one.claim("plans")).toBe(true);
    expect(await store.holder(TENANT, "drift")).toBeUndefined();
    expect([...(await store.beats()).keys()]).toEqual([one.self]);
    expect(logged.filter(({ event }) => event === "replica-gone")).toEqual([
      {
        event: "replica-gone",
        detail: { replica: other.self, duty: "plans", takenOverBy: one.self },
      },
    ]);
  });

  it("is lost by a process that was paused too long: it asks the store before it believes that it holds it", async () => {
    await other.claim("plans");
    kill(clockOfOther);
    await pass(15 * SECOND);
    expect(await one.claim("plans")).toBe(true);
    clockOfOther.paused = false;
    expect(await other.claim("plans")).toBe(false);
    await pass(60 * SECOND);
    expect([await one.claim("plans"), await other.claim("plans")]).toEqual([true, false]);
    expect([await one.isGone(other.self), await other.isGone(one.self)]).toEqual([false, false]);
  });

  it("of one that was forgotten and came back is its own again only when it is heard again", async () => {
    kill(clockOfOther);
    await pass(70 * SECOND);
    clockOfOther.paused = false;
    expect(await other.claim("metadata")).toBe(true);
    expect(await one.claim("metadata")).toBe(false);
  });

  it("is not held while the store cannot be asked", async () => {
    await one.claim("plans");
    store.away = true;
    await expect(one.claim("plans")).rejects.toThrow("the database is away");
  });
});

describe("stopping", () => {
  it("says goodbye and beats no more", async () => {
    const stopped = other.stop();
    await pass(5 * SECOND);
    await stopped;
    expect([...(await store.beats()).keys()]).toEqual([one.self]);
  });

  it("does not fail when the store is away: the others notice the silence", async () => {
    store.away = true;
    await one.stop();
    expect(events().at(-1)).toBe("replica-not-signed-off");
    store.away = false;
    await pass(15 * SECOND);
    expect(await other.isGone(one.self)).toBe(true);
  });
});
