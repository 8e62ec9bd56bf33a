import { Stop } from "../../../src/async/stop.js";
import { conversationId, personId, tenantId } from "../../../src/core/person.js";
import type { Log } from "../../../src/core/ports.js";
import { type RunningScan, runScan } from "../../../src/core/scan/run-scan.js";
import type { Scan, ScanNews } from "../../../src/core/scan/scan.js";
import { FakeScanStore } from "../fake-scan-store.js";
import { FakeWorld } from "../fake-world.js";
import type { TimedClock, TimedGraph } from "./timed-graph.js";

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A full scan of everybody whom the report of that Graph lists, as it begins. */
const TIMED_SCAN: Scan = {
  tenantId: tenantId("tenant"),
  scanId: "scan",
  kind: "full",
  startedAt: "2026-11-22T10:00:00.000Z",
  fullSince: "2026-11-22T10:00:00.000Z",
  changesSince: "2026-11-20T10:00:00.000Z",
  askers: [
    { person: { id: personId("ada"), name: "Ada" }, conversation: conversationId("room"), shows: "at-once" },
  ],
  path: "report",
  listing: { step: "audit" },
  methods: [],
  recentIncluded: true,
  interruptions: 0,
};

/** Scans of one process after the other, on one store. */
export class TimedScans {
  readonly store = new FakeScanStore();
  /** News of the scans, in order. */
  readonly news: ScanNews[] = [];
  readonly #clock: TimedClock;
  readonly #graph: TimedGraph;
  constructor(clock: TimedClock, graph: TimedGraph) {
    this.#clock = clock;
    this.#graph = graph;
  }

  /** Begins the scan, or goes on with it where it was. */
  async start(stop = new Stop()): Promise<RunningScan> {
    const running = await this.store.running();
    const scan =
      running === undefined ? TIMED_SCAN : { ...running, interruptions: running.interruptions + 1 };
    if (running === undefined) await this.store.begin(scan);
    const { directory, announcer: silent } = new FakeWorld().ports;
    const announcer = { ...silent, scanChanged: async (news: ScanNews) => void this.news.push(news) };
    return runScan(
      { clock: this.#clock, passkeys: this.#graph, scans: this.store, directory, announcer, log: SILENT },
      { emergencyAccounts: [] },
      scan,
      stop,
    );
  }

  /** Scans to the end. @returns what it found, and how long that took */
  async toTheEnd() {
    const { result, seconds } = await this.#clock.run(this.start().then(({ finished }) => finished));
    if (result === undefined) throw new Error("the scan was stopped");
    return { ...result.inventory, seconds };
  }
}

/**
 * What the simplest reader takes that loses no person, in seconds: pages of a hundred, then twenty people at a time, then
 * those again who were refused.
 */
export async function oneBatchAfterTheOther(clock: TimedClock, graph: TimedGraph): Promise<number> {
  const read = async () => {
    for (let listed = 0; listed < graph.accounts.length; listed += 100) await graph.reportedKeyholders({});
    for (let people = graph.accounts; people.length > 0; ) {
      const later = [];
      for (let at = 0; at < people.length; at += 20) {
        later.push(...(await graph.passkeysOf(people.slice(at, at + 20))).later);
      }
      people = later.map(({ account }) => account);
      const waits = later.map(({ retryAfterSeconds }) => retryAfterSeconds ?? 1);
      if (waits.length > 0) await clock.sleep(Math.max(...waits) * 1000);
    }
  };
  return (await clock.run(read())).seconds;
}
