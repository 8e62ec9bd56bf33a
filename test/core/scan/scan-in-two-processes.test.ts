import { beforeEach, describe, expect, it } from "vitest";
import { conversationId } from "../../../src/core/person.js";
import { resumeScans } from "../../../src/core/plan/answer-deferred.js";
import type { Announcer } from "../../../src/core/ports/announcer.js";
import { OwnReplica } from "../../../src/core/replica/replicas.js";
import type { ScanNews } from "../../../src/core/scan/scan.js";
import type { OwnScanner } from "../../../src/core/scan/scanner.js";
import type { DeferredChange } from "../../../src/core/stores.js";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { ManualClock, passTime } from "../manual-clock.js";
import { crowd } from "./scan-story.js";

/** One of the processes that share the store. */
interface Process {
  readonly scanner: OwnScanner;
  readonly news: ScanNews[];
  readonly clock: ManualClock;
  readonly replica: OwnReplica;
}

const CHAT = conversationId("chat");
const ADA_ASKS = { person: ADA, conversation: ROOM, shows: "at-once" } as const;
const GRACE_ASKS = { person: GRACE, conversation: CHAT, shows: "at-once" } as const;

let world: FakeWorld;
let one: Process;
let two: Process;

beforeEach(async () => {
  world = new FakeWorld();
  one = await startProcess("one");
  two = await startProcess("two");
});

async function startProcess(name: string): Promise<Process> {
  const clock = new ManualClock(name);
  const { log } = world.ports;
  const replica = new OwnReplica({ clock, log, store: world.store.replicas }, world.rules.tenantId);
  await replica.start();
  const news: ScanNews[] = [];
  const announcer: Announcer = {
    ...world.ports.announcer,
    scanChanged: async (told) => {
      news.push(told);
    },
  };
  return { scanner: world.startScanner({ replicas: replica, announcer }), news, clock, replica };
}

/** Lets go on what can go on. */
async function turns(count = 40): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
/** Waits for something that is sure to come. */
async function until(what: () => boolean): Promise<void> {
  for (let turn = 0; turn < 5_000 && !what(); turn += 1) await turns(1);
  expect(what()).toBe(true);
}
/** Graph answers nobody any more until this is called. */
function holdGraphUp(after: number): () => void {
  let goOn: () => void = () => {};
  const held = new Promise<undefined>((resolve) => {
    goOn = () => resolve(undefined);
  });
  world.onAsk = () => (world.asked.length > after ? held : Promise.resolve(undefined));
  return () => {
    world.onAsk = async () => undefined;
    goOn();
  };
}
/** The process dies: it is not heard any more, and what it asked Graph for never comes. */
async function dies({ clock }: Process): Promise<void> {
  clock.paused = true;
  world.onAsk = async () => undefined;
  await passTime(15_000, one.clock, two.clock);
}
const kinds = ({ news }: Process) => news.map(({ kind }) => kind);
const ends = ({ news }: Process) => kinds({ news } as Process).filter((kind) => kind !== "running");
const waiting: DeferredChange = {
  id: "w-1",
  kind: "propose",
  tenantId: new FakeWorld().rules.tenantId,
  person: ADA,
  conversation: ROOM,
  askedAt: "2026-11-22T10:00:00.000Z",
  command: { kind: "disable" },
  typed: "disable passkeys",
};

describe("a scan that another process runs", () => {
  it("is joined by whoever asks here: nobody is read twice, and the process that runs it tells everybody", async () => {
    crowd(world, 300);
    const goOn = holdGraphUp(100);
    const first = await one.scanner.ask(ADA_ASKS);
    await turns();
    const second = await two.scanner.ask(GRACE_ASKS);
    expect(second).toMatchObject({ joined: true, scan: { scanId: first.scan.scanId } });
    await one.scanner.syncWithStore();
    expect(one.news.at(-1)).toMatchObject({
      kind: "running",
      scan: { askers: [ADA_ASKS, GRACE_ASKS] },
    });
    goOn();
    await world.scanEnd();
    expect(world.asked).toHaveLength(300);
    expect(two.news).toEqual([]);
    expect(one.news.at(-1)).toMatchObject({ kind: "finished", scan: { askers: [ADA_ASKS, GRACE_ASKS] } });
  });

  it("is told about again only when somebody new asks", async () => {
    crowd(world, 300);
    holdGraphUp(100);
    await one.scanner.ask(ADA_ASKS);
    await turns();
    const before = one.news.length;
    await one.scanner.syncWithStore();
    await one.scanner.syncWithStore();
    expect(one.news).toHaveLength(before);
  });

  it("is cancelled here, ends there quietly, and leaves the way free for the next", async () => {
    crowd(world, 500);
    const goOn = holdGraphUp(100);
    const { scan } = await one.scanner.ask(ADA_ASKS);
    await turns();
    expect(await two.scanner.cancel(scan.scanId, GRACE)).toMatchObject({ scanId: scan.scanId });
    await one.scanner.syncWithStore();
    goOn();
    await turns();
    expect([ends(one), ends(two)]).toEqual([[], ["cancelled", "cancelled"]]);
    expect(world.errors).toEqual([]);
    const ended = world.scanEnd();
    await two.scanner.ask(GRACE_ASKS);
    expect(await ended).toMatchObject({ kind: "finished", inventory: { keyholders: 500 } });
    expect(ends(two)).toEqual(["cancelled", "cancelled", "finished"]);
  });

  it("ends there quietly also when the store is the first to say so", async () => {
    crowd(world, 500);
    const goOn = holdGraphUp(100);
    const { scan } = await one.scanner.ask(ADA_ASKS);
    await turns();
    await two.scanner.cancel(scan.scanId, GRACE);
    goOn();
    await turns();
    expect(ends(one)).toEqual([]);
    expect(world.errors).toEqual([]);
    expect(await one.scanner.resume()).toBe("idle");
    expect(await two.replica.claim("scan")).toBe(true);
  });

  it("is not gone on with here while the other process lives", async () => {
    crowd(world, 500);
    holdGraphUp(100);
    await one.scanner.ask(ADA_ASKS);
    await turns();
    expect(await two.scanner.resume()).toBe("busy");
    expect(two.news).toEqual([]);
  });

  it("is taken over when the other process is gone: only what was in flight is asked again", async () => {
    crowd(world, 1_000);
    const { onAsk } = world;
    holdGraphUp(400);
    await one.scanner.ask(ADA_ASKS);
    await turns();
    world.onAsk = onAsk;
    const scan = await world.store.scans.running();
    const inFlight = world.asked.length - (scan ? (await world.store.scans.counts(scan)).read : 0);
    await dies(one);
    const ended = world.scanEnd();
    expect(await two.scanner.resume()).toBe("busy");
    expect(await ended).toMatchObject({ kind: "finished", inventory: { keyholders: 1_000 } });
    expect(world.asked).toHaveLength(1_000 + inFlight);
    expect(ends(two)).toEqual(["finished"]);
  });

  it("is left to the one that took it over by a process that was only paused", async () => {
    crowd(world, 500);
    const goOn = holdGraphUp(100);
    await one.scanner.ask(ADA_ASKS);
    await turns();
    await dies(one);
    holdGraphUp(world.asked.length + 100);
    await two.scanner.resume();
    await turns();
    one.clock.paused = false;
    await one.scanner.syncWithStore();
    goOn();
    await turns();
    expect(ends(one)).toEqual([]);
    expect(await two.replica.claim("scan")).toBe(true);
    expect(await one.replica.claim("scan")).toBe(false);
    expect(world.errors).toEqual([]);
  });
});

describe("the duty to scan", () => {
  it("is free as soon as no scan runs any more", async () => {
    crowd(world, 100);
    await one.scanner.ask(ADA_ASKS);
    await until(() => ends(one).length === 1);
    await turns();
    const again = world.scanEnd();
    await two.scanner.ask({ ...GRACE_ASKS }, { full: true });
    await again;
    expect([ends(one), ends(two)]).toEqual([["finished"], ["finished"]]);
  });

  it("is free when the process stops, and another goes on with its scan", async () => {
    crowd(world, 500);
    const goOn = holdGraphUp(100);
    await one.scanner.ask(ADA_ASKS);
    await turns();
    const stopped = one.scanner.stop();
    goOn();
    await stopped;
    const ended = world.scanEnd();
    expect(await two.scanner.resume()).toBe("busy");
    expect(await ended).toMatchObject({ inventory: { keyholders: 500 } });
    expect(ends(one)).toEqual([]);
  });

  it("stays until everybody who waited was answered, and the scan asked for elsewhere meanwhile comes next", async () => {
    crowd(world, 100);
    let answered: (() => void) | undefined;
    world.ports.announcer.changeRefused = () =>
      new Promise((resolve) => {
        answered = resolve;
      });
    await world.store.deferred.add(waiting);
    await one.scanner.ask(ADA_ASKS);
    await until(() => answered !== undefined);
    expect(ends(one)).toEqual(["finished"]);
    await one.scanner.syncWithStore();
    await two.scanner.ask(GRACE_ASKS);
    await turns();
    expect(two.news).toEqual([]);
    expect(await world.store.scans.running()).toBeDefined();
    answered?.();
    await until(() => ends(one).length === 2);
    expect(two.news).toEqual([]);
  });

  it("is not taken for what waits while the process that ended the scan still answers", async () => {
    await world.store.deferred.add(waiting);
    await one.replica.claim("scan");
    await resumeScans({ ...world.ports, scanner: two.scanner, replicas: two.replica }, world.rules);
    expect(await world.store.scans.running()).toBeUndefined();
    await one.replica.release("scan");
    await resumeScans({ ...world.ports, scanner: two.scanner, replicas: two.replica }, world.rules);
    expect((await world.store.scans.running()) ?? two.news[0]?.scan).toMatchObject({
      askers: [{ shows: "when-slow" }],
    });
  });
});
