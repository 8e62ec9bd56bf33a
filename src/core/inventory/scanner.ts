import { Fault } from "../errors.js";
import type { Person } from "../person.js";
import type { Ports, Rules, Scanner } from "../ports.js";
import { newScan } from "./begin-scan.js";
import { type RunningScan, runScan } from "./run-scan.js";
import type { Scan, ScanNews } from "./scan.js";
import { Stop } from "./stop.js";

type ScannerPorts = Pick<Ports, "clock" | "passkeys" | "scans" | "log" | "announcer">;
export type ScanEnd = Exclude<ScanNews, { kind: "running" }>;

/** A scan that this process runs. */
interface Job {
  readonly scanId: string;
  readonly stop: Stop;
  readonly running: RunningScan;
  isCancelled: boolean;
}

/** Something is wrong that does not pass when a scan breaks off so often in one process. */
const BREAKS = 20;

/**
 * Runs scans in the background, one at a time.
 * @param whenEnded told of the end of every scan, after it was stored and announced
 */
export function scanner(
  ports: ScannerPorts,
  rules: Pick<Rules, "tenantId" | "scanFullDays" | "emergencyAccounts">,
  whenEnded: (end: ScanEnd) => Promise<void>,
): Scanner {
  let current: Job | undefined;
  const underWay = new Set<Promise<void>>();
  let breaks: { readonly scanId: string; readonly times: number } | undefined;

  const start = (scan: Scan): void => {
    const stop = new Stop();
    const running = runScan(ports, rules, scan, stop);
    const started: Job = { scanId: scan.scanId, stop, running, isCancelled: false };
    current = started;
    const done = running.finished
      .then((finished) => finished && end(finished))
      .catch((error: unknown) => (started.isCancelled ? undefined : broken(scan, error)))
      .catch((error: unknown) => ports.log.error("scan-not-ended", { scan: scan.scanId, error }))
      .finally(() => {
        if (current === started && !started.isCancelled) current = undefined;
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
    const fault = error instanceof Fault ? error : new Fault("store-unavailable", String(error));
    breaks =
      breaks?.scanId === scan.scanId
        ? { ...breaks, times: breaks.times + 1 }
        : { scanId: scan.scanId, times: 1 };
    if (fault.code === "store-unavailable" && breaks.times < BREAKS) {
      ports.log.error("scan-interrupted", { scan: scan.scanId, error });
      return;
    }
    ports.log.warn("scan-failed", { scan: scan.scanId, code: fault.code, why: fault.message });
    const ended = await ports.scans.discard(scan);
    if (ended === undefined) return;
    await end({ kind: "failed", scan: ended, fault: fault.code, why: fault.message });
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
      const cancelled = current?.scanId === scanId ? current : undefined;
      if (cancelled !== undefined) cancelled.isCancelled = true;
      cancelled?.stop.ask();
      ports.log.info("scan-cancelled", { scan: scanId, by: by.id });
      await end({ kind: "cancelled", scan, by });
      // Only now: before everybody was told, nobody else may find that nothing is under way.
      if (current === cancelled) current = undefined;
      return scan;
    },

    async stop() {
      current?.stop.ask();
      await Promise.all(underWay);
    },
  };
}
