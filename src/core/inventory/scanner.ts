import { Fault } from "../errors.js";
import type { Person } from "../person.js";
import type { Ports, Rules, Scanner } from "../ports.js";
import { newScan } from "./begin-scan.js";
import { type RunningScan, runScan } from "./run-scan.js";
import type { Scan, ScanNews } from "./scan.js";
import { Stop } from "./stop.js";

type ScannerPorts = Pick<Ports, "clock" | "passkeys" | "scans" | "log" | "announcer">;
export type ScanEnd = Exclude<ScanNews, { kind: "running" }>;

/** A scan that was interrupted for longer, in milliseconds, is begun anew: what it read is no longer fresh. */
const STALE_AFTER = 24 * 3_600_000;

/**
 * Runs scans in the background, one at a time.
 * @param whenEnded told of the end of every scan, after it was stored and announced
 */
export function scanner(
  ports: ScannerPorts,
  rules: Pick<Rules, "tenantId" | "scanFullDays" | "emergencyAccounts">,
  whenEnded: (end: ScanEnd) => Promise<void>,
): Scanner {
  let current: { readonly scanId: string; readonly stop: Stop; readonly running: RunningScan } | undefined;
  const underWay = new Set<Promise<void>>();

  const start = (scan: Scan): void => {
    const stop = new Stop();
    const running = runScan(ports, rules, scan, stop);
    const started = { scanId: scan.scanId, stop, running };
    current = started;
    const done = running.finished
      .then((finished) => finished && end(finished))
      .catch((error: unknown) => (stop.isAsked && current !== started ? undefined : broken(scan, error)))
      .catch((error: unknown) => ports.log.error("scan-not-ended", { scan: scan.scanId, error }))
      .finally(() => {
        if (current === started) current = undefined;
        underWay.delete(done);
      });
    underWay.add(done);
  };

  const end = async (news: ScanEnd): Promise<void> => {
    await ports.announcer.scanChanged(news);
    await whenEnded(news);
  };

  /** What is wrong with the store, or with this program, may pass: the scan stays, and `resume` goes on with it. */
  const broken = async (scan: Scan, error: unknown): Promise<void> => {
    if (!(error instanceof Fault) || error.code === "store-unavailable") {
      ports.log.error("scan-interrupted", { scan: scan.scanId, error });
      return;
    }
    ports.log.warn("scan-failed", { scan: scan.scanId, code: error.code, why: error.message });
    const ended = await ports.scans.discard(scan);
    if (ended === undefined) return;
    await end({ kind: "failed", scan: ended, fault: error.code, why: error.message });
  };

  return {
    async ask(asker, { full = false } = {}) {
      const begun = await ports.scans.begin(await newScan(ports, rules, asker, full));
      const { scan, joined } = begun;
      if (current?.scanId === scan.scanId) current.running.joined(scan.askers);
      else start(scan);
      if (!joined) ports.log.info("scan-started", { scan: scan.scanId, kind: scan.kind });
      return begun;
    },

    async resume() {
      if (current !== undefined) return "busy";
      const scan = await ports.scans.running(rules.tenantId);
      if (current !== undefined) return "busy";
      if (scan === undefined) return "idle";
      if (ports.clock.now().getTime() - Date.parse(scan.startedAt) > STALE_AFTER) {
        await beginAnew(scan);
        return "busy";
      }
      const interrupted = { ...scan, interruptions: scan.interruptions + 1 };
      await ports.scans.addPeople(interrupted, [], { carry: false });
      if (current !== undefined) return "busy";
      ports.log.info("scan-resumed", { scan: scan.scanId, kind: scan.kind });
      start(interrupted);
      return "busy";
    },

    async cancel(scanId, by: Person) {
      const scan = await ports.scans.discard({ tenantId: rules.tenantId, scanId });
      if (scan === undefined) return undefined;
      if (current?.scanId === scanId) {
        current.stop.ask();
        current = undefined;
      }
      ports.log.info("scan-cancelled", { scan: scanId, by: by.id });
      await end({ kind: "cancelled", scan, by });
      return scan;
    },

    async stop() {
      current?.stop.ask();
      await Promise.all(underWay);
    },
  };

  async function beginAnew(stale: Scan): Promise<void> {
    const [asker, ...others] = stale.askers;
    await ports.scans.discard(stale);
    if (asker === undefined) return;
    const { scan } = await ports.scans.begin({
      ...(await newScan(ports, rules, asker, false)),
      askers: [asker, ...others],
    });
    start(scan);
  }
}
