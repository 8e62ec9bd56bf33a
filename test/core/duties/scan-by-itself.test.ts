import { beforeEach, describe, expect, it } from "vitest";
import { scanByItself } from "../../../src/core/duties/scan-by-itself.js";
import { Fault } from "../../../src/core/errors.js";
import type { ScanEnd } from "../../../src/core/scan/scanner.js";
import { ADA, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { crowd, scanned } from "../scan/scan-story.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ADA_ASKS = { person: ADA, conversation: ROOM, shows: "at-once" } as const;

let world: FakeWorld;
let look: () => Promise<void>;
beforeEach(() => {
  world = new FakeWorld();
  crowd(world, 30);
  look = scanByItself(world.ports, world.rules, 24);
});

const begun = () =>
  world.noted.filter(({ event, begunBy }) => event === "scan-started" && begunBy === "latchkey").length;
const running = () => world.store.scans.running();
/** It is looked again after that time, and the scan that begins runs to its end. */
async function ownScan(after: number): Promise<ScanEnd> {
  world.advance(after);
  const ended = world.scanEnd();
  await look();
  return ended;
}

describe("a scan of Latchkey's own", () => {
  it("does not begin where no person has ever asked for a scan", async () => {
    world.advance(9 * DAY);
    await look();
    expect(begun()).toBe(0);
    expect(world.asked).toEqual([]);
  });

  it("begins a day after a person's, reads what changed, is nobody's, and is on record as its own", async () => {
    await scanned(world);
    world.advance(DAY - HOUR);
    await look();
    expect(begun()).toBe(0);
    world.asked.length = 0;
    world.audited = [{ name: "p3", at: world.time }];
    const end = await ownScan(2 * HOUR);
    expect(end).toMatchObject({
      kind: "finished",
      inventory: { kind: "changes", begunBy: "latchkey", askers: [] },
    });
    expect(world.asked).toEqual(["p3"]);
    expect(world.store.records.at(-1)).toMatchObject({
      event: "scan-finished",
      detail: { begunBy: "latchkey" },
    });
    expect(world.metrics.scans).toEqual([
      ["person", "finished"],
      ["latchkey", "finished"],
    ]);
    await look();
    expect(begun()).toBe(1);
    await ownScan(DAY);
    expect(begun()).toBe(2);
  });

  it("begins nothing while a person's scan runs, and a person who asks while it runs joins it", async () => {
    await scanned(world);
    world.advance(2 * DAY);
    const { scan } = await world.ports.scanner.ask(ADA_ASKS, { full: true });
    const first = world.scanEnd();
    await look();
    expect(begun()).toBe(0);
    expect((await running())?.scanId).toBe(scan.scanId);
    await first;

    world.advance(2 * DAY);
    const ended = world.scanEnd();
    await look();
    const joined = await world.ports.scanner.ask(ADA_ASKS);
    expect(joined).toMatchObject({ joined: true, scan: { begunBy: "latchkey", askers: [ADA_ASKS] } });
    expect(await ended).toMatchObject({ inventory: { begunBy: "latchkey", askers: [ADA_ASKS] } });
  });

  it("is only begun by the process that looks after the plans", async () => {
    await scanned(world);
    world.advance(2 * DAY);
    const replicas = { ...world.ports.replicas, claim: async () => false };
    await scanByItself({ ...world.ports, replicas }, world.rules, 24)();
    expect(begun()).toBe(0);
  });

  it("is tried again at growing intervals while Graph refuses, by every process, and says so", async () => {
    await scanned(world);
    world.audited = new Fault("graph-denied", "no");
    world.onList = () => {
      throw new Fault("graph-denied", "a permission is missing");
    };
    expect(await ownScan(DAY)).toMatchObject({ kind: "failed", fault: "graph-denied" });
    expect(world.attention.sentences).toEqual([]);
    // Another process that takes over, or the same one after a restart.
    look = scanByItself(world.ports, world.rules, 24);
    world.advance(14 * 60_000);
    await look();
    expect(begun()).toBe(1);
    await ownScan(60_000);
    world.advance(29 * 60_000);
    await look();
    expect(begun()).toBe(2);
    expect(world.attention.sentences.join()).toContain("failed the last 2 times (graph-denied)");
    for (let day = 0; day < 4; day += 1) await ownScan(6 * HOUR);
    expect(begun()).toBe(6);

    world.onList = () => {};
    expect(await ownScan(6 * HOUR)).toMatchObject({ kind: "finished" });
    await look();
    expect(world.attention.sentences).toEqual([]);
    expect(world.store.ownScans.waits).toBeUndefined();
  });

  it("goes on as soon as a scan that a person asked for has ended well", async () => {
    await scanned(world);
    world.onList = () => {
      throw new Fault("graph-denied", "a permission is missing");
    };
    await ownScan(DAY);
    world.onList = () => {};
    await scanned(world);
    expect(world.store.ownScans.waits).toBeUndefined();
    await look();
    expect(begun()).toBe(1);
  });

  it("is left alone for a day when a person has ended a scan", async () => {
    await scanned(world);
    world.advance(DAY);
    const { scan } = await world.ports.scanner.ask(ADA_ASKS);
    await world.ports.scanner.cancel(scan.scanId, GRACE);
    await look();
    world.advance(DAY - 1);
    await look();
    expect(begun()).toBe(0);
    await ownScan(1);
    expect(begun()).toBe(1);
  });

  it("waits while a plan that narrows may still be approved on the last scan, and no longer", async () => {
    await scanned(world);
    const plans = { ...world.ports.plans, open: async () => [{ proposal: { impact: { narrows: true } } }] };
    look = scanByItself({ ...world.ports, plans: plans as never }, world.rules, 1);
    world.advance(23 * HOUR);
    await look();
    expect(begun()).toBe(0);
    await ownScan(HOUR);
    expect(begun()).toBe(1);
  });

  it("that cannot be stored is a fault, and is tried again", async () => {
    await scanned(world);
    world.advance(DAY);
    world.store.scans.broken = true;
    await expect(look()).rejects.toBeInstanceOf(Fault);
    world.store.scans.broken = false;
    expect(await ownScan(10_000)).toMatchObject({ kind: "finished" });
  });
});
