import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import type { Inventory, PasskeyAnswer } from "../../../src/core/inventory/inventory.js";
import { personId } from "../../../src/core/person.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";

const YUBIKEY = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const FEITIAN = "833b721a-ff5f-4d00-bb2e-bdda3ec01e29" as Aaguid;
const DAY = 24 * 3_600_000;

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

/** The scan's result; a scan that ended otherwise fails the test. */
async function scanned(options: { full?: boolean } = {}): Promise<Inventory> {
  const end = await world.scan(options);
  if (end.kind !== "finished") throw new Error(`the scan ${end.kind}: ${JSON.stringify(end)}`);
  return end.inventory;
}

async function keyholders(inventory: Inventory): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of world.store.scans.keyholders(undefined, inventory.scanId)) {
    names.push(...page.map((person) => person.name));
  }
  return names.sort();
}

const crowd = (count: number, model = YUBIKEY) => {
  for (let i = 0; i < count; i += 1) world.passkeys.set(`p${i}`, [model]);
};

describe("a full scan", () => {
  it("reads everybody once and counts each model by people and by passkeys", async () => {
    world.passkeys.set("one", [YUBIKEY, YUBIKEY]).set("two", [YUBIKEY, FEITIAN]).set("three", []);
    world.passkeys.set("four", "gone");
    const inventory = await scanned();
    expect(inventory).toMatchObject({
      kind: "full",
      path: "report",
      asked: 3,
      carried: 0,
      keyholders: 2,
      gone: 1,
      unreadCount: 0,
      methods: ["passKeyDeviceBound"],
      recentIncluded: true,
    });
    expect(inventory.models.map(({ aaguid, people, passkeys }) => [aaguid, people, passkeys])).toEqual([
      [YUBIKEY, 2, 3],
      [FEITIAN, 1, 1],
    ]);
    expect(world.asked).toHaveLength(new Set(world.asked).size);
  });

  it("asks about more and more people at once, and all are read whatever the pages", async () => {
    world.pageSize = 37;
    crowd(2_000);
    const inventory = await scanned();
    expect(inventory.keyholders).toBe(2_000);
    expect(world.asked).toHaveLength(2_000);
    expect(world.mostAtOnce).toBe(320);
  });

  it("asks in whole batches while people are still being listed", async () => {
    world.pageSize = 33;
    crowd(400);
    const sizes: number[] = [];
    world.onAsk = async (people) => {
      sizes.push(people.length);
      return undefined;
    };
    await scanned();
    expect(sizes.reduce((sum, size) => sum + size)).toBe(400);
    expect(sizes.every((size) => size === 20)).toBe(true);
  });

  it("asks about somebody who is listed on two pages once", async () => {
    crowd(5);
    world.pageSize = 2;
    world.onList = (which, next) => {
      if (which === "report" && next === "2") world.passkeys.delete("p0");
      if (which === "report" && next === "4") world.passkeys.set("p0", [YUBIKEY]);
    };
    await scanned();
    expect(world.asked.filter((id) => id === "p0")).toHaveLength(1);
  });

  it("asks everybody where the tenant has no licence for the report", async () => {
    world.premium = false;
    crowd(3);
    expect(await scanned()).toMatchObject({ path: "all-users", asked: 3, keyholders: 3 });
  });

  it("asks for emergency accounts and for those the audit log names, whatever the report lists", async () => {
    crowd(3);
    world.passkeys.set("emergency", [FEITIAN]).set("new", [FEITIAN]).set("long ago", [FEITIAN]);
    for (const name of ["emergency", "new", "long ago"]) world.unreported.add(name);
    world.rules = { ...world.rules, emergencyAccounts: [personId("emergency")] };
    world.audited = [
      { name: "new", at: world.time - DAY },
      { name: "long ago", at: world.time - 3 * DAY },
    ];
    const inventory = await scanned();
    expect(await keyholders(inventory)).toEqual(["Emergency account emergency", "new", "p0", "p1", "p2"]);
  });

  it("says that lately registered people are not in it when the audit log cannot be read", async () => {
    crowd(3);
    world.audited = new Fault("graph-denied", "no AuditLog.Read.All", { status: 403 });
    expect(await scanned()).toMatchObject({ kind: "full", keyholders: 3, recentIncluded: false });
  });
});

describe("what Graph does not answer", () => {
  it("is asked for again after a 429 and a 5xx, and is complete in the end", async () => {
    crowd(300);
    const refusedOnce = new Set<string>();
    world.onAsk = async (people) => {
      const later = people.filter(({ id }) => Number(id.slice(1)) % 3 === 0 && !refusedOnce.has(id));
      for (const person of later) refusedOnce.add(person.id);
      const others = people.filter((person) => !later.includes(person));
      return {
        answers: world.truth(others).answers,
        later: later.map((account, i) => ({
          account,
          why: i % 2 === 0 ? "Graph said 429" : "Graph said 503",
          throttled: i % 2 === 0,
          ...(i % 2 === 0 ? { retryAfterSeconds: 2 } : {}),
        })),
      };
    };
    expect(await scanned()).toMatchObject({ keyholders: 300, unreadCount: 0 });
    expect(refusedOnce.size).toBeGreaterThan(50);
  });

  it("is waited for a quarter of an hour at most, however far away Graph puts it", async () => {
    crowd(3);
    let asked = 0;
    world.onAsk = async (people) => {
      asked += 1;
      if (asked > 1) return undefined;
      const later = { why: "Graph said 503", throttled: false, retryAfterSeconds: 2_500_000 };
      const [first, ...others] = people;
      return { answers: world.truth(others).answers, later: first ? [{ account: first, ...later }] : [] };
    };
    const start = world.time;
    expect(await scanned()).toMatchObject({ keyholders: 3 });
    expect(world.time - start).toBeLessThanOrEqual(901_000);
  });

  it("waits as long as Graph asks before anybody is asked about again", async () => {
    crowd(60);
    const askedAt: number[] = [];
    world.onAsk = async (people) => {
      askedAt.push(world.time);
      if (askedAt.length > 1) return undefined;
      return {
        answers: [],
        later: people.map((account) => ({
          account,
          why: "Graph said 429",
          throttled: true,
          retryAfterSeconds: 90,
        })),
      };
    };
    await scanned();
    expect(askedAt.slice(1).every((at) => at - (askedAt[0] ?? 0) >= 90_000)).toBe(true);
  });

  it("is waited for through an outage of minutes, in which nobody is answered", async () => {
    crowd(400);
    const until = world.time + 5 * 60_000;
    world.onAsk = async (people) =>
      world.time >= until
        ? undefined
        : {
            answers: [],
            later: people.map((account) => ({ account, why: "Graph said 503", throttled: false })),
            failedAsAWhole: true,
          };
    expect(await scanned()).toMatchObject({ keyholders: 400, unreadCount: 0 });
  });

  it("is all answered in the end when everybody is refused the first time", async () => {
    crowd(200);
    const refused = new Set<string>();
    world.onAsk = async (people) => {
      const fresh = people.filter(({ id }) => !refused.has(id));
      for (const { id } of fresh) refused.add(id);
      return {
        answers: world.truth(people.filter((person) => !fresh.includes(person))).answers,
        later: fresh.map((account) => ({
          account,
          why: "Graph said 429",
          throttled: true,
          retryAfterSeconds: 60,
        })),
      };
    };
    expect(await scanned()).toMatchObject({ keyholders: 200, unreadCount: 0 });
  });

  it("goes on when the clock is set back during a pause", async () => {
    crowd(60);
    let first = true;
    world.onAsk = async (people) => {
      if (!first) return undefined;
      first = false;
      world.onSleep = () => {
        world.onSleep = () => {};
        world.advance(-3_600_000);
      };
      return {
        answers: [],
        later: people.map((account) => ({ account, why: "429", throttled: true, retryAfterSeconds: 5 })),
      };
    };
    expect(await scanned()).toMatchObject({ keyholders: 60, unreadCount: 0 });
  });

  it("is named when it stays unanswered, and the scan is incomplete", async () => {
    crowd(50);
    world.onAsk = async (people) => {
      const bad = people.filter(({ id }) => id === "p7" || id === "p31");
      const good = world.truth(people.filter((person) => !bad.includes(person))).answers;
      const denied = bad
        .filter(({ id }) => id === "p7")
        .map((account): PasskeyAnswer => ({ kind: "failed", account, why: "Graph said 403" }));
      const later = bad
        .filter(({ id }) => id === "p31")
        .map((account) => ({ account, why: "Graph said 500", throttled: false }));
      return { answers: [...good, ...denied], later };
    };
    const inventory = await scanned();
    expect(inventory).toMatchObject({ keyholders: 48, unreadCount: 2, asked: 50 });
    expect(inventory.unread).toEqual([
      { id: "p31", name: "p31", isAdmin: false, why: "Graph said 500, 5 times" },
      { id: "p7", name: "p7", isAdmin: false, why: "Graph said 403" },
    ]);
    expect(await world.store.scans.latestComplete()).toBeUndefined();
  });

  it("does not keep a scan going for ever when Graph answers nobody", async () => {
    crowd(1_000);
    world.onAsk = async (people) => ({
      answers: [],
      later: people.map((account) => ({ account, why: "Graph did not answer", throttled: false })),
    });
    const inventory = await scanned();
    expect(inventory.unreadCount).toBe(1_000);
    expect(inventory.unread).toHaveLength(100);
    expect(world.asked.length).toBeLessThan(200);
  });
});

describe("a list that cannot be read", () => {
  it("is asked for again while that may pass", async () => {
    crowd(3);
    let times = 0;
    world.onList = (which) => {
      times += which === "report" ? 1 : 0;
      if (which === "report" && times === 1)
        throw new Fault("graph-throttled", "429", { retryAfterSeconds: 30 });
      if (which === "report" && times === 2) throw new Fault("graph-unavailable", "503");
    };
    const start = world.time;
    expect(await scanned()).toMatchObject({ keyholders: 3 });
    expect(world.time - start).toBeGreaterThanOrEqual(30_000);
  });

  it("is waited for through an outage once somebody was listed, and given up soon when nobody was", async () => {
    world.pageSize = 10;
    crowd(35);
    const until = world.time + 5 * 60_000;
    world.onList = (which, next) => {
      const isDown = which === "report" && next === "10" && world.time < until;
      if (isDown) throw new Fault("graph-unreachable", "no answer");
    };
    expect(await scanned()).toMatchObject({ keyholders: 35 });
    const began = world.time;
    world.onList = (which) => {
      if (which !== "audit") throw new Fault("graph-unreachable", "no answer");
    };
    expect(await world.scan({ full: true })).toMatchObject({ kind: "failed", fault: "graph-unreachable" });
    expect(world.time - began).toBeLessThan(60_000);
  });

  it("ends the scan with the reason when it is denied, and nothing of it stays", async () => {
    crowd(3);
    world.onList = (which) => {
      if (which === "report") throw new Fault("graph-denied", "Graph said no", { status: 403 });
    };
    expect(await world.scan()).toMatchObject({ kind: "failed", fault: "graph-denied", why: "Graph said no" });
    expect(await world.store.scans.running()).toBeUndefined();
    expect(await world.store.scans.latest()).toBeUndefined();
  });

  it("is begun again when the link to its next page is no longer good", async () => {
    world.pageSize = 10;
    crowd(35);
    let broken = 0;
    world.onList = (which, next) => {
      if (which === "report" && next === "20" && broken < 2) {
        broken += 1;
        throw new Fault("graph-bad-request", "the skip token has expired", { status: 400 });
      }
    };
    expect(await scanned()).toMatchObject({ keyholders: 35 });
    expect(world.asked).toHaveLength(35);
  });

  it("ends the scan when its pages go round in a circle", async () => {
    world.pageSize = 10;
    crowd(35);
    const source = world.ports.passkeys.reportedKeyholders;
    Object.assign(world.ports.passkeys, {
      reportedKeyholders: async (options: Parameters<typeof source>[0]) => {
        const page = await source(options);
        return options.next === "20" ? { ...page, next: "10" } : page;
      },
    });
    expect(await world.scan()).toMatchObject({ kind: "failed", fault: "graph-unreadable" });
  });

  it("is not begun again without end", async () => {
    world.pageSize = 10;
    crowd(35);
    world.onList = (which, next) => {
      if (which === "report" && next !== undefined)
        throw new Fault("graph-bad-request", "no", { status: 400 });
    };
    expect(await world.scan()).toMatchObject({ kind: "failed", fault: "graph-bad-request" });
  });
});

describe("a scan of what changed", () => {
  beforeEach(async () => {
    crowd(200);
    await scanned();
    world.advance(6 * 3_600_000);
    world.asked.length = 0;
  });

  it("reads nobody when nothing changed, and is as complete as the one before", async () => {
    const inventory = await scanned();
    expect(world.asked).toEqual([]);
    expect(inventory).toMatchObject({ kind: "changes", carried: 200, keyholders: 200, unreadCount: 0 });
    expect(inventory.models).toMatchObject([{ aaguid: YUBIKEY, people: 200 }]);
  });

  it("reads whom the audit log names, who is new in the report, and who is no longer in it", async () => {
    world.passkeys.set("p1", [YUBIKEY, FEITIAN]).set("new", [FEITIAN]).set("p2", "gone");
    world.unreported.add("p3");
    world.audited = [{ name: "p1", at: world.time - 3_600_000 }];
    world.unreported.add("p2");
    const inventory = await scanned();
    expect([...world.asked].sort()).toEqual(["new", "p1", "p2", "p3"]);
    expect(inventory).toMatchObject({ carried: 197, keyholders: 200, gone: 1 });
    expect(inventory.models.map(({ aaguid, people }) => [aaguid, people])).toEqual([
      [YUBIKEY, 199],
      [FEITIAN, 2],
    ]);
  });

  it("looks into the audit log from before the last scan began, because entries come late", async () => {
    const lastBegan = Date.parse((await world.store.scans.latest())?.startedAt ?? "");
    world.audited = [
      { name: "p1", at: lastBegan - 90 * 60_000 },
      { name: "p2", at: lastBegan - 3 * 3_600_000 },
    ];
    await scanned();
    expect(world.asked).toEqual(["p1"]);
  });

  it("asks again for whoever could not be read, and takes the others over", async () => {
    world.passkeys.set("p9", "throttled");
    await scanned({ full: true });
    world.passkeys.set("p9", [YUBIKEY]);
    world.asked.length = 0;
    expect(await scanned()).toMatchObject({ kind: "changes", carried: 199, unreadCount: 0, keyholders: 200 });
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
    await scanned();
    await scanned({ full: true });
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
    expect(await scanned(options)).toMatchObject({ kind: "full", carried: 0, keyholders: 200 });
    expect(world.asked).toHaveLength(200);
  });

  it("rests on the last full one, however many lie between", async () => {
    const first = await world.store.scans.latest();
    await scanned();
    expect((await scanned()).fullSince).toBe(first?.startedAt);
    world.advance(7 * DAY);
    expect((await scanned()).kind).toBe("full");
  });

  it("is a full one when the audit log may not go back far enough for a tenant without a licence", async () => {
    world.premium = false;
    await scanned({ full: true });
    world.rules = { ...world.rules, scanFullDays: 30 };
    world.advance(6 * DAY);
    expect(await scanned()).toMatchObject({ kind: "full", path: "all-users" });
  });
});

describe("what a scan of changes must not trust", () => {
  const lastScan = async () => (await world.store.scans.latest()) as Inventory;

  it("is a scan before it that could not read the audit log: who had registered lately is looked for again", async () => {
    crowd(3);
    world.passkeys.set("late", [FEITIAN]);
    world.unreported.add("late");
    world.audited = new Fault("graph-denied", "no", { status: 403 });
    await scanned();
    world.audited = [{ name: "late", at: world.time - 20 * 3_600_000 }];
    world.advance(3_600_000);
    expect(await scanned()).toMatchObject({ kind: "changes", recentIncluded: true, keyholders: 4 });
  });

  it("is a scan that began in the future, by a clock that was wrong", async () => {
    crowd(3);
    world.advance(12 * 3_600_000);
    await scanned();
    world.advance(-12 * 3_600_000);
    expect(await scanned()).toMatchObject({ kind: "full" });
  });

  it("is the audit log of a tenant that lost its licence and keeps it for a week", async () => {
    world.rules = { ...world.rules, scanFullDays: 30 };
    crowd(3);
    await scanned();
    world.advance(10 * DAY);
    world.premium = false;
    world.asked.length = 0;
    expect(await scanned()).toMatchObject({ kind: "full", path: "all-users", carried: 0 });
    expect(world.asked).toHaveLength(3);
  });

  it("is nothing about people the report leaves out: a full scan asks for those who had passkeys, too", async () => {
    crowd(3);
    await scanned();
    world.unreported.add("p1");
    expect(await scanned({ full: true })).toMatchObject({ kind: "full", keyholders: 3 });
  });

  it("is a full scan's lack of the audit log either: whoever was known stays known", async () => {
    crowd(3);
    await scanned();
    world.unreported.add("p1");
    world.audited = new Fault("graph-denied", "no", { status: 403 });
    expect(await scanned()).toMatchObject({ kind: "full", recentIncluded: false, keyholders: 3 });
    expect((await lastScan()).carried).toBe(0);
  });

  it("is not the link to a page of the audit log: when it is gone the log is read again", async () => {
    world.pageSize = 2;
    crowd(5);
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
    expect(await scanned()).toMatchObject({ recentIncluded: true, keyholders: 8 });
  });
});

describe("one scan at a time", () => {
  it("is joined by whoever asks while it runs, and both are told", async () => {
    crowd(100);
    const ended = world.scanEnd();
    const first = await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    const second = await world.ports.scanner.ask({ person: GRACE, conversation: ROOM, shows: "at-once" });
    expect([first.joined, second.joined]).toEqual([false, true]);
    expect(second.scan.scanId).toBe(first.scan.scanId);
    expect((await ended).scan.askers.map(({ person }) => person.name).sort()).toEqual(["Ada", "Grace"]);
    expect(world.asked).toHaveLength(100);
  });

  it("is cancelled without a result, and the next one begins anew", async () => {
    crowd(500);
    const ended = world.scanEnd();
    const { scan } = await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    expect(await world.ports.scanner.cancel(scan.scanId, GRACE)).toMatchObject({ scanId: scan.scanId });
    expect(await ended).toMatchObject({ kind: "cancelled", by: GRACE });
    expect(await world.ports.scanner.cancel(scan.scanId, GRACE)).toBeUndefined();
    expect(await world.store.scans.latest()).toBeUndefined();
    expect(await scanned()).toMatchObject({ keyholders: 500 });
    expect(world.errors).toEqual([]);
  });

  it("tells how it goes from the first moment to the last, and when it has to wait", async () => {
    crowd(400);
    let refused = false;
    world.onAsk = async (people) => {
      if (refused) return undefined;
      refused = true;
      return {
        answers: [],
        later: people.map((account) => ({ account, why: "429", throttled: true, retryAfterSeconds: 30 })),
      };
    };
    await scanned();
    const running = world.news.filter((news) => news.kind === "running");
    expect(running[0]).toMatchObject({ counts: { pending: 0, read: 0 }, secondsLeft: undefined });
    expect(running.some((news) => news.pausedUntil !== undefined)).toBe(true);
    expect(running.at(-1)).toMatchObject({ counts: { pending: 0, read: 400 } });
    expect(world.news.at(-1)?.kind).toBe("finished");
  });

  it("is not begun again by those who look after interrupted scans while somebody cancels it", async () => {
    crowd(500);
    const answering = world.scanEnd();
    const { scan } = await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    const cancelled = world.ports.scanner.cancel(scan.scanId, GRACE);
    for (let i = 0; i < 20; i += 1) {
      expect(await world.ports.scanner.resume()).toBe("busy");
      if (world.news.some((news) => news.kind === "cancelled")) break;
    }
    await Promise.all([cancelled, answering]);
    expect(await world.ports.scanner.resume()).toBe("idle");
  });
});

describe("a scan that was interrupted", () => {
  /** The process dies: nothing of it is heard any more. */
  async function dieAfter(asked: number): Promise<void> {
    const never = new Promise<undefined>(() => {});
    world.onAsk = () => (world.asked.length > asked ? never : Promise.resolve(undefined));
    await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    for (let i = 0; i < 500; i += 1) await new Promise((resolve) => setImmediate(resolve));
    world.onAsk = async () => undefined;
  }

  it("goes on where it was, and asks again only about those who were in flight", async () => {
    crowd(1_000);
    await dieAfter(400);
    const scan = await world.store.scans.running();
    const read = scan === undefined ? 0 : (await world.store.scans.counts(scan)).read;
    const inFlight = world.asked.length - read;
    expect(read).toBeGreaterThan(0);
    expect(inFlight).toBeLessThanOrEqual(320);
    const ended = world.scanEnd();
    expect(await world.startScanner().resume()).toBe("busy");
    expect(await ended).toMatchObject({ kind: "finished", inventory: { keyholders: 1_000, unreadCount: 0 } });
    expect(world.asked.length).toBe(1_000 + inFlight);
  });

  it("goes on in the middle of the list", async () => {
    world.pageSize = 100;
    crowd(1_000);
    const never = new Promise<never>(() => {});
    const source = world.ports.passkeys.reportedKeyholders;
    let alive = true;
    const pages: unknown[] = [];
    Object.assign(world.ports.passkeys, {
      reportedKeyholders: (options: Parameters<typeof source>[0]) => {
        pages.push(options.next);
        return alive && options.next === "500" ? never : source(options);
      },
    });
    await dieAfter(2_000);
    alive = false;
    const ended = world.scanEnd();
    await world.startScanner().resume();
    expect(await ended).toMatchObject({ inventory: { keyholders: 1_000 } });
    expect(pages.filter((page) => page === "500")).toHaveLength(2);
    expect(pages.filter((page) => page === "400")).toHaveLength(1);
  });

  it("goes on however long ago that was: its age counts from its beginning", async () => {
    crowd(1_000);
    await dieAfter(400);
    const scan = await world.store.scans.running();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await world.startScanner().resume();
    expect(await ended).toMatchObject({
      kind: "finished",
      inventory: { keyholders: 1_000, startedAt: scan?.startedAt },
    });
    expect(world.asked.length).toBeLessThan(1_400);
  });

  it("ends as failed when it breaks off again and again", async () => {
    crowd(300);
    world.onAsk = async () => {
      throw new TypeError("a mistake in this program");
    };
    const ended = world.scanEnd();
    await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    for (let i = 0; i < 200 && world.news.at(-1)?.kind !== "failed"; i += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await world.ports.scanner.resume();
    }
    expect(await ended).toMatchObject({ kind: "failed", why: "TypeError: a mistake in this program" });
    expect(await world.store.scans.running()).toBeUndefined();
  });

  it("is not started twice by one process", async () => {
    crowd(300);
    await dieAfter(100);
    const again = world.startScanner();
    const ended = world.scanEnd();
    expect(await Promise.all([again.resume(), again.resume()])).toEqual(["busy", "busy"]);
    await ended;
    expect(world.news.filter((news) => news.kind === "finished")).toHaveLength(1);
  });

  it("stays in the store while the store fails, and goes on afterwards", async () => {
    crowd(300);
    world.onAsk = async () => {
      if (world.asked.length > 100) world.store.scans.broken = true;
      return undefined;
    };
    await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    for (let i = 0; i < 100; i += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(world.errors).toMatchObject([{ event: "scan-interrupted" }]);
    world.store.scans.broken = false;
    world.onAsk = async () => undefined;
    const ended = world.scanEnd();
    expect(await world.ports.scanner.resume()).toBe("busy");
    expect(await ended).toMatchObject({ kind: "finished", inventory: { keyholders: 300 } });
  });

  it("stops when it is told to, keeps what it learned, and goes on later", async () => {
    crowd(1_000);
    const stopped = new Promise<void>((resolve) => {
      world.onAsk = async () => {
        if (world.asked.length > 300) void world.ports.scanner.stop().then(resolve);
        return undefined;
      };
    });
    await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    await stopped;
    const read = world.asked.length;
    expect(read).toBeLessThan(1_000);
    const ended = world.scanEnd();
    await world.startScanner().resume();
    expect(await ended).toMatchObject({ kind: "finished", inventory: { keyholders: 1_000 } });
    expect(world.asked).toHaveLength(1_000);
  });
});
