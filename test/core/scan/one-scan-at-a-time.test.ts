import { beforeEach, describe, expect, it } from "vitest";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { crowd, scanned } from "./scan-story.js";

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});

describe("one scan at a time", () => {
  it("is joined by whoever asks while it runs, and both are told", async () => {
    crowd(world, 100);
    const ended = world.scanEnd();
    const first = await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    const second = await world.ports.scanner.ask({ person: GRACE, conversation: ROOM, shows: "at-once" });
    expect([first.joined, second.joined]).toEqual([false, true]);
    expect(second.scan.scanId).toBe(first.scan.scanId);
    expect((await ended).scan.askers.map(({ person }) => person.name).sort()).toEqual(["Ada", "Grace"]);
    expect(world.asked).toHaveLength(100);
  });

  it("is cancelled without a result, and the next one begins anew", async () => {
    crowd(world, 500);
    const ended = world.scanEnd();
    const { scan } = await world.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" });
    expect(await world.ports.scanner.cancel(scan.scanId, GRACE)).toMatchObject({ scanId: scan.scanId });
    expect(await ended).toMatchObject({ kind: "cancelled", by: GRACE });
    expect(await world.ports.scanner.cancel(scan.scanId, GRACE)).toBeUndefined();
    expect(await world.store.scans.latest()).toBeUndefined();
    expect(await scanned(world)).toMatchObject({ keyholders: 500 });
    expect(world.errors).toEqual([]);
  });

  it("tells how it goes from the first moment to the last, and when it has to wait", async () => {
    crowd(world, 400);
    let refused = false;
    world.onAsk = async (people) => {
      if (refused) return undefined;
      refused = true;
      return {
        answers: [],
        later: people.map((account) => ({ account, why: "429", throttled: true, retryAfterSeconds: 30 })),
      };
    };
    await scanned(world);
    const running = world.news.filter((news) => news.kind === "running");
    expect(running[0]).toMatchObject({ counts: { pending: 0, read: 0 }, secondsLeft: undefined });
    expect(running.some((news) => news.pausedUntil !== undefined)).toBe(true);
    expect(running.at(-1)).toMatchObject({ counts: { pending: 0, read: 400 } });
    expect(world.news.at(-1)?.kind).toBe("finished");
  });

  it("is not begun again by those who look after interrupted scans while somebody cancels it", async () => {
    crowd(world, 500);
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
    crowd(world, 1_000);
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
    crowd(world, 1_000);
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
    crowd(world, 1_000);
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
    crowd(world, 300);
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
    crowd(world, 300);
    await dieAfter(100);
    const again = world.startScanner();
    const ended = world.scanEnd();
    expect(await Promise.all([again.resume(), again.resume()])).toEqual(["busy", "busy"]);
    await ended;
    expect(world.news.filter((news) => news.kind === "finished")).toHaveLength(1);
  });

  it("stays in the store while the store fails, and goes on afterwards", async () => {
    crowd(world, 300);
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
    crowd(world, 1_000);
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
