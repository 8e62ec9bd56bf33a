import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { type DigestTime, lastDue } from "../../../src/core/news/digest.js";
import { tellDigest } from "../../../src/core/news/tell-digest.js";
import { turnDigest } from "../../../src/core/news/turn-digest.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Conversation } from "../../../src/core/stores.js";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";

const MONDAY: DigestTime = { weekday: 1, minute: 7 * 60 };
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NFC = "aa000000-0000-4000-8000-000000000000" as Aaguid;

let world: FakeWorld;
let tell: () => Promise<void>;
const at = (instant: string) => {
  world.time = Date.parse(instant);
};
beforeEach(() => {
  world = new FakeWorld();
  world.approvalRooms = [{ id: ROOM } as Conversation];
  at("2026-11-23T07:00:00.000Z");
  tell = tellDigest(world.ports, world.rules, MONDAY);
});
const days = () => world.digests.map(({ day }) => day);

describe("when a digest was due last", () => {
  it.each([
    ["2026-11-23T07:00:00.000Z", "2026-11-23T07:00:00.000Z"],
    ["2026-11-23T06:59:59.999Z", "2026-11-16T07:00:00.000Z"],
    ["2026-11-22T23:00:00.000Z", "2026-11-16T07:00:00.000Z"],
    ["2026-11-29T23:59:59.999Z", "2026-11-23T07:00:00.000Z"],
    ["2027-01-02T00:00:00.000Z", "2026-12-28T07:00:00.000Z"],
  ])("at %s it was at %s", (now, due) => {
    expect(lastDue(new Date(now), MONDAY).toISOString()).toBe(due);
  });
});

describe("the weekly digest", () => {
  it("is told when it is due, and not again: not by this process, another one or the same after a restart", async () => {
    at("2026-11-23T06:59:00.000Z");
    await tell();
    expect(days()).toEqual([]);
    at("2026-11-23T07:00:00.000Z");
    await tell();
    await tell();
    expect(days()).toEqual(["2026-11-23"]);
    const [first] = world.digests;
    at("2026-11-23T12:00:00.000Z");
    await tellDigest(world.ports, world.rules, MONDAY)();
    // The card is announced once more, for it may not have been posted; it is the same one, and stands already.
    expect(world.digests).toEqual([first, first]);
  });

  it("is told next week again", async () => {
    await tell();
    world.time += 7 * DAY_MS;
    await tell();
    expect(days()).toEqual(["2026-11-23", "2026-11-30"]);
  });

  it("is left out for a week in which no process was there for a day", async () => {
    world.time += DAY_MS;
    await tell();
    expect(days()).toEqual([]);
    world.time -= 1;
    await tell();
    expect(days()).toEqual(["2026-11-23"]);
  });

  it("does not come twice within days because the time of it was moved", async () => {
    await tell();
    world.time += DAY_MS;
    await tellDigest(world.ports, world.rules, { weekday: 2, minute: 7 * 60 })();
    expect(days()).toEqual(["2026-11-23"]);
  });

  it("waits for an approval room and for Graph while its window is open", async () => {
    world.approvalRooms = [];
    await tell();
    world.approvalRooms = [{ id: ROOM } as Conversation];
    world.readFault = new Fault("graph-unavailable", "not now");
    world.time += HOUR_MS;
    await tell();
    expect(days()).toEqual([]);
    world.readFault = undefined;
    await tell();
    expect(days()).toEqual(["2026-11-23"]);
  });

  it("is told by the process that has the duty", async () => {
    const elsewhere = { ...world.ports, replicas: { ...world.ports.replicas, claim: async () => false } };
    await tellDigest(elsewhere, world.rules, MONDAY)();
    expect(days()).toEqual([]);
  });

  it("says how many have a passkey, and how many more than a week before where a newer scan says so", async () => {
    world.passkeys.set("p1", [NFC]);
    await world.scan();
    at("2026-11-23T07:00:00.000Z");
    await tell();
    expect(world.digests[0]).toMatchObject({ scanned: { adoption: { withPasskey: 1 } }, open: { count: 0 } });
    expect(world.digests[0]).not.toHaveProperty("before");
    world.passkeys.set("p2", [NFC]);
    at("2026-11-29T07:00:00.000Z");
    await world.scan();
    at("2026-11-30T07:00:00.000Z");
    await tell();
    expect(world.digests[1]).toMatchObject({
      scanned: { adoption: { withPasskey: 2 } },
      before: { withPasskey: 1 },
    });
    at("2026-12-07T07:00:00.000Z");
    await tell();
    expect(world.digests[2]).not.toHaveProperty("before");
  });
});

describe("turning the digest off and on", () => {
  const turn = (to: "on" | "off", person = GRACE) =>
    turnDigest(world.ports, world.rules, { to, person, conversation: ROOM });

  it("takes an approver, and is on record once for each turn", async () => {
    expect(await turn("off", ADA)).toMatchObject({ kind: "refusal", code: "not-an-approver" });
    expect(await turn("off")).toEqual({ kind: "turned" });
    expect(await turn("off")).toEqual({ kind: "was-so" });
    expect(world.store.records.map(({ event, by, conversation }) => [event, by, conversation])).toEqual([
      ["digest-turned-off", GRACE, ROOM],
    ]);
    await tell();
    expect(days()).toEqual([]);
    expect(await turn("on")).toEqual({ kind: "turned" });
    await tell();
    expect(days()).toEqual(["2026-11-23"]);
  });
});
