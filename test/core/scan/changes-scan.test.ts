import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import { FakeWorld } from "../fake-world.js";
import { crowd, DAY, FEITIAN, scanned, YUBIKEY } from "./scan-story.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

describe("a scan of what changed", () => {
  beforeEach(async () => {
    crowd(world, 200);
    await scanned(world);
    world.advance(6 * 3_600_000);
    world.asked.length = 0;
  });

  it("reads nobody when nothing changed, and is as complete as the one before", async () => {
    const inventory = await scanned(world);
    expect(world.asked).toEqual([]);
    expect(inventory).toMatchObject({ kind: "changes", carried: 200, keyholders: 200, unreadCount: 0 });
    expect(inventory.models).toMatchObject([{ aaguid: YUBIKEY, people: 200 }]);
  });

  it("reads whom the audit log names, who is new in the report, and who is no longer in it", async () => {
    world.passkeys.set("p1", [YUBIKEY, FEITIAN]).set("new", [FEITIAN]).set("p2", "gone");
    world.unreported.add("p3");
    world.audited = [{ name: "p1", at: world.time - 3_600_000 }];
    world.unreported.add("p2");
    const inventory = await scanned(world);
    expect([...world.asked].sort()).toEqual(["new", "p1", "p2", "p3"]);
    expect(inventory).toMatchObject({ carried: 197, keyholders: 200, gone: 1 });
    expect(inventory.models.map(({ aaguid, people }) => [aaguid, people])).toEqual([
      [YUBIKEY, 199],
      [FEITIAN, 2],
    ]);
  });

  it("is a full scan where an entry of the audit log does not say whom it is about, and says how many", async () => {
    const { changedSince, reportedKeyholders } = world.ports.passkeys;
    Object.assign(world.ports.passkeys, {
      changedSince: async (...asked: Parameters<typeof changedSince>) => ({
        ...(await changedSince(...asked)),
        odd: 2,
      }),
      reportedKeyholders: async (...asked: Parameters<typeof reportedKeyholders>) => ({
        ...(await reportedKeyholders(...asked)),
        odd: 1,
      }),
    });
    const inventory = await scanned(world);
    expect(inventory).toMatchObject({ kind: "full", recentIncluded: false, keyholders: 200 });
    expect(inventory.oddEntries).toBeGreaterThanOrEqual(3);
    expect(world.asked).toHaveLength(200);
  });

  it("carries no person over from a scan that was edited in the store: everybody is read, and the log says why", async () => {
    const { keyholders } = world.store.scans;
    const edited = (await world.store.scans.latest())?.scanId;
    Object.assign(world.store.scans, {
      async *keyholders(...asked: Parameters<typeof keyholders>) {
        for await (const page of keyholders.apply(world.store.scans, asked))
          yield asked[1] === edited ? page.filter(({ name }) => name !== "p7") : page;
      },
    });
    const inventory = await scanned(world);
    expect(inventory).toMatchObject({ kind: "full", carried: 0, keyholders: 200 });
    expect(world.asked).toHaveLength(200);
    expect(world.errors).toMatchObject([{ event: "scan-altered", scan: edited }]);
  });

  it("carries no person over from a scan that says something else of itself than its record", async () => {
    const last = await world.store.scans.latest();
    Object.assign(world.store.scans, { latest: async () => last && { ...last, keyholders: 1 } });
    expect(await scanned(world)).toMatchObject({ kind: "full" });
    expect(world.errors).toMatchObject([{ event: "scan-altered" }]);
  });

  it("looks into the audit log from before the last scan began, because entries come late", async () => {
    const lastBegan = Date.parse((await world.store.scans.latest())?.startedAt ?? "");
    world.audited = [
      { name: "p1", at: lastBegan - 90 * 60_000 },
      { name: "p2", at: lastBegan - 3 * 3_600_000 },
    ];
    await scanned(world);
    expect(world.asked).toEqual(["p1"]);
  });

  it("asks again for whoever could not be read, and takes the others over", async () => {
    world.passkeys.set("p9", "throttled");
    await scanned(world, { full: true });
    world.passkeys.set("p9", [YUBIKEY]);
    world.asked.length = 0;
    expect(await scanned(world)).toMatchObject({
      kind: "changes",
      carried: 199,
      unreadCount: 0,
      keyholders: 200,
    });
    expect(world.asked).toEqual(["p9"]);
  });

  it("asks the report only for names it used for passkeys before", async () => {
    const asked: unknown[] = [];
    const source = world.ports.passkeys.reportedKeyholders;
    Object.assign(world.ports.passkeys, {
      reportedKeyholders: (options: Parameters<typeof source>[0]) => {
        asked.push(options.methods);
        return source(options);
      },
    });
    await scanned(world);
    await scanned(world, { full: true });
    expect(asked).toEqual([["passKeyDeviceBound"], undefined]);
  });

  it.each([
    ["when it was asked for", () => {}, { full: true }],
    ["when the last full one is older than SCAN_FULL_DAYS", () => world.advance(7 * DAY), {}],
    [
      "when the audit log cannot be read",
      () => {
        world.audited = new Fault("graph-denied", "no", { status: 403 });
      },
      {},
    ],
    [
      "when SCAN_FULL_DAYS is 0",
      () => {
        world.rules = { ...world.rules, scanFullDays: 0 };
      },
      {},
    ],
  ])("is a full one %s", async (_, given, options) => {
    given();
    expect(await scanned(world, options)).toMatchObject({ kind: "full", carried: 0, keyholders: 200 });
    expect(world.asked).toHaveLength(200);
  });

  it("rests on the last full one, however many lie between", async () => {
    const first = await world.store.scans.latest();
    await scanned(world);
    expect((await scanned(world)).fullSince).toBe(first?.startedAt);
    world.advance(7 * DAY);
    expect((await scanned(world)).kind).toBe("full");
  });

  it("is a full one when the audit log may not go back far enough for a tenant without a licence", async () => {
    world.premium = false;
    await scanned(world, { full: true });
    world.rules = { ...world.rules, scanFullDays: 30 };
    world.advance(6 * DAY);
    expect(await scanned(world)).toMatchObject({ kind: "full", path: "all-users" });
  });
});

describe("what a scan of changes must not trust", () => {
  const lastScan = async () => (await world.store.scans.latest()) as Inventory;

  it("is a scan before it that could not read the audit log: who had registered lately is looked for again", async () => {
    crowd(world, 3);
    world.passkeys.set("late", [FEITIAN]);
    world.unreported.add("late");
    world.audited = new Fault("graph-denied", "no", { status: 403 });
    await scanned(world);
    world.audited = [{ name: "late", at: world.time - 20 * 3_600_000 }];
    world.advance(3_600_000);
    expect(await scanned(world)).toMatchObject({ kind: "changes", recentIncluded: true, keyholders: 4 });
  });

  it("is a scan that began in the future, by a clock that was wrong", async () => {
    crowd(world, 3);
    world.advance(12 * 3_600_000);
    await scanned(world);
    world.advance(-12 * 3_600_000);
    expect(await scanned(world)).toMatchObject({ kind: "full" });
  });

  it("is the audit log of a tenant that lost its licence and keeps it for a week", async () => {
    world.rules = { ...world.rules, scanFullDays: 30 };
    crowd(world, 3);
    await scanned(world);
    world.advance(10 * DAY);
    world.premium = false;
    world.asked.length = 0;
    expect(await scanned(world)).toMatchObject({ kind: "full", path: "all-users", carried: 0 });
    expect(world.asked).toHaveLength(3);
  });

  it("is nothing about people the report leaves out: a full scan asks for those who had passkeys, too", async () => {
    crowd(world, 3);
    await scanned(world);
    world.unreported.add("p1");
    expect(await scanned(world, { full: true })).toMatchObject({ kind: "full", keyholders: 3 });
  });

  it("is a full scan's lack of the audit log either: whoever was known stays known", async () => {
    crowd(world, 3);
    await scanned(world);
    world.unreported.add("p1");
    world.audited = new Fault("graph-denied", "no", { status: 403 });
    expect(await scanned(world)).toMatchObject({ kind: "full", recentIncluded: false, keyholders: 3 });
    expect((await lastScan()).carried).toBe(0);
  });

  it("is not the link to a page of the audit log: when it is gone the log is read again", async () => {
    world.pageSize = 2;
    crowd(world, 5);
    for (const name of ["new 1", "new 2", "new 3"]) {
      world.passkeys.set(name, [FEITIAN]);
      world.unreported.add(name);
    }
    world.audited = ["new 1", "new 2", "new 3"].map((name) => ({ name, at: world.time - 3_600_000 }));
    let gone = 0;
    world.onList = (which, next) => {
      if (which === "audit" && next !== undefined && gone++ === 0) {
        throw new Fault("graph-bad-request", "the skip token has expired", { status: 400 });
      }
    };
    expect(await scanned(world)).toMatchObject({ recentIncluded: true, keyholders: 8 });
  });
});
