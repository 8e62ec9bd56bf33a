import { Stop } from "../../async/stop.js";
import { Fault } from "../errors.js";
import type { Person } from "../person.js";
import type { Ports, Rules, Scanner } from "../ports.js";
import { newScan } from "./begin-scan.js";
import type { ScanAsker } from "./inventory.js";
import { type RunningScan, runScan } from "./run-scan.js";
import type { Scan, ScanNews } from "./scan.js";

type ScannerPorts = Pick<
  Ports,
  "clock" | "passkeys" | "directory" | "scans" | "log" | "announcer" | "replicas" | "audit"
>;
export type ScanEnd = Exclude<ScanNews, { kind: "running" }>;

/** The scans of this process, among those of the others that share the store. */
export interface OwnScanner extends Scanner {
  /**
   * To be called about once a second: reads what other processes did with the scan that runs here. They may have
   * joined or cancelled it, or run it themselves because this process was silent for a while.
   */
  syncWithStore(): Promise<void>;
}

/** A scan that this process runs. */
interface Job {
  readonly scanId: string;
  readonly stop: Stop;
  readonly running: RunningScan;
  /** Why it is no longer this job that ends the scan: a person cancelled it here, or another process runs it. */
  handedOver: "cancelled" | "elsewhere" | undefined;
}

/** Something is wrong that does not pass when a scan breaks off so often in one process. */
const BREAKS_AT_MOST = 20;
/** By then the process that ran a scan has noticed for sure that it was cancelled elsewhere. */
const NOTICED_WITHIN_MS = 15_000;

/**
 * Runs scans in the background: one at a time in a tenant, in the process that holds the duty "scan". The others only
 * put into the store what they are asked.
 * @param whenEnded told of the end of every scan that ends here, after it was stored and announced
 */
export function scanner(
  ports: ScannerPorts,
  rules: Pick<Rules, "tenantId" | "scanFullDays" | "emergencyAccounts">,
  whenEnded: (end: ScanEnd) => Promise<void>,
): OwnScanner {
  const { announcer, clock, log, replicas, scans } = ports;
  const { tenantId } = rules;
  let current: Job | undefined;
  let isStopping = false;
  const underWay = new Set<Promise<void>>();
  let breaks: { readonly scanId: string; readonly times: number } | undefined;

  const start = (scan: Scan): void => {
    if (isStopping) return;
    const stop = new Stop();
    const running = runScan(ports, rules, scan, stop);
    const job: Job = { scanId: scan.scanId, stop, running, handedOver: undefined };
    current = job;
    const done = toTheEnd(job, scan)
      .catch((error: unknown) => log.error("scan-not-ended", { scan: scan.scanId, error }))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  };

  const toTheEnd = async (job: Job, scan: Scan): Promise<void> => {
    let isBroken = false;
    try {
      const finished = await job.running.finished;
      if (finished !== undefined) await end(finished);
    } catch (error) {
      isBroken = job.handedOver === undefined && !(await hasEnded(scan));
      if (isBroken) await broken(scan, error);
    } finally {
      if (job.handedOver === undefined) await endJob(job, { startNext: !isBroken });
    }
  };

  const end = async (news: ScanEnd): Promise<void> => {
    await announcer.scanChanged(news);
    await whenEnded(news);
  };

  /** Then the error with which it broke off here is of no interest any more. */
  const hasEnded = async ({ scanId }: Scan): Promise<boolean> => {
    try {
      return (await scans.running(tenantId))?.scanId !== scanId;
    } catch (error) {
      log.warn("scan-not-looked-up", { scan: scanId, error });
      return false;
    }
  };

  /** What is wrong with the store, or with this program, may pass: the scan stays, and `resume` goes on with it. */
  const broken = async (scan: Scan, error: unknown): Promise<void> => {
    const fault = error instanceof Fault ? error : new Fault("store-unavailable", String(error));
    breaks =
      breaks?.scanId === scan.scanId
        ? { ...breaks, times: breaks.times + 1 }
        : { scanId: scan.scanId, times: 1 };
    if (fault.code === "store-unavailable" && breaks.times < BREAKS_AT_MOST) {
      log.error("scan-interrupted", { scan: scan.scanId, error });
      return;
    }
    log.warn("scan-failed", { scan: scan.scanId, code: fault.code, why: fault.message });
    const ended = await scans.discard(scan);
    if (ended === undefined) return;
    await end({ kind: "failed", scan: ended, fault: fault.code, why: fault.message });
  };

  /** The job is done with here, so that another process can run the next scan. */
  const endJob = async (job: Job, { startNext }: { readonly startNext: boolean }): Promise<void> => {
    // A person asked here meanwhile, and that scan runs already.
    if (current !== job) return;
    current = undefined;
    try {
      await replicas.release("scan");
    } catch (error) {
      // The duty stays here, and so does the next scan.
      log.warn("duty-not-released", { duty: "scan", error });
      return;
    }
    if (!startNext || isStopping) return;
    // A scan asked for in another process could not start until now.
    const next = await scans.running(tenantId);
    if (next !== undefined && (await mayRun(next))) start(next);
  };

  /** Whether the scan is this process's to start, now. */
  const mayRun = async ({ scanId }: Scan): Promise<boolean> =>
    (await replicas.claim("scan")) && current?.scanId !== scanId;

  const beginOrJoin = async (asker: ScanAsker | undefined, full: boolean) => {
    const begun = await scans.begin(await newScan(ports, rules, asker, full));
    const { scan, joined } = begun;
    const { scanId, kind, begunBy = "person" } = scan;
    if (!joined) log.info("scan-started", { scan: scanId, kind, begunBy });
    if (current?.scanId !== scanId && (await mayRun(scan))) start(scan);
    else if (current?.scanId === scanId) current.running.joined(scan.askers);
    return begun;
  };

  return {
    ask: (asker, { full = false } = {}) => beginOrJoin(asker, full),

    async beginOwn() {
      if ((await scans.running(tenantId)) !== undefined) return;
      await beginOrJoin(undefined, false);
    },

    async resume() {
      if (current !== undefined) return "busy";
      const scan = await scans.running(tenantId);
      if (scan === undefined) return current === undefined ? "idle" : "busy";
      if (current !== undefined || !(await mayRun(scan))) return "busy";
      const interrupted = { ...scan, interruptions: scan.interruptions + 1 };
      await scans.addPeople(interrupted, [], { carry: false });
      if (current !== undefined) return "busy";
      log.info("scan-resumed", { scan: scan.scanId, kind: scan.kind });
      start(interrupted);
      return "busy";
    },

    async syncWithStore() {
      const job = current;
      if (job === undefined || !isReading(job)) return;
      const scan = await scans.running(tenantId);
      const isOurs = scan?.scanId === job.scanId && (await replicas.claim("scan"));
      if (current !== job || !isReading(job)) return;
      if (isOurs) return job.running.joined(scan.askers);
      job.handedOver = "elsewhere";
      job.stop.ask();
      log.info("scan-left", { scan: job.scanId, why: "it ended in another process, or runs there now" });
      await endJob(job, { startNext: true });
    },

    async cancel(scanId, by: Person) {
      const scan = await scans.discard({ tenantId, scanId });
      if (scan === undefined) return undefined;
      const cancelled = current?.scanId === scanId ? current : undefined;
      if (cancelled !== undefined) cancelled.handedOver = "cancelled";
      cancelled?.stop.ask();
      log.info("scan-cancelled", { scan: scanId, by: by.id });
      const news = { kind: "cancelled", scan, by } as const;
      await end(news);
      // Only now: until all are told, no other process may find that nothing is under way.
      if (cancelled !== undefined) await endJob(cancelled, { startNext: true });
      // Where it ran, it may be drawn once more as running before that is noticed.
      else void clock.sleep(NOTICED_WITHIN_MS).then(() => announcer.scanChanged({ ...news }));
      return scan;
    },

    async stop() {
      isStopping = true;
      current?.stop.ask();
      await Promise.all(underWay);
    },
  };
}

const isReading = ({ handedOver, running }: Job): boolean => handedOver === undefined && running.isReading;
