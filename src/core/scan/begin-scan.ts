import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import { isAsReadFromPeople } from "./as-recorded.js";
import type { Inventory, ScanAsker } from "./inventory.js";
import type { Scan } from "./scan.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The audit log shows an entry minutes after it happened, now and then later; so it is read from a little earlier. */
const AUDIT_DELAY_MS = 2 * HOUR_MS;
/** The report lags by up to 36 hours; who registered since is looked for in the audit log. */
const REPORT_LAG_MS = 48 * HOUR_MS;
/** How long the audit log is kept: 30 days, 7 without P1/P2; with a margin. */
const AUDIT_LOG_KEPT_MS: Readonly<Record<Inventory["path"], number>> = {
  report: 29 * DAY_MS,
  "all-users": 6 * DAY_MS,
};

/**
 * A new scan: one that reads what changed since the last, where that can be trusted.
 * @param asker undefined: Latchkey begins it by itself
 */
export async function newScan(
  ports: Pick<Ports, "clock" | "scans" | "audit" | "log">,
  rules: Pick<Rules, "tenantId" | "scanFullDays">,
  asker: ScanAsker | undefined,
  full: boolean,
): Promise<Scan> {
  const now = ports.clock.now();
  const startedAt = now.toISOString();
  const last = await ports.scans.latest(rules.tenantId);
  const common = {
    tenantId: rules.tenantId,
    scanId: ports.clock.newId(),
    startedAt,
    ...(asker === undefined ? { askers: [], begunBy: "latchkey" as const } : { askers: [asker] }),
    path: "report",
    listing: { step: "audit" },
    methods: [],
    recentIncluded: true,
    interruptions: 0,
  } as const;
  const base = last === undefined ? {} : { base: last.scanId };
  const buildsOn = !full && last !== undefined && canBuildOn(last, rules, now.getTime());
  if (!buildsOn || !(await isAsItWasRead(ports, rules, last))) {
    const changesSince = before(startedAt, REPORT_LAG_MS);
    return { ...common, ...base, kind: "full", fullSince: startedAt, changesSince };
  }
  return {
    ...common,
    ...base,
    kind: "changes",
    fullSince: last.fullSince,
    // Where the audit log could not be read then, who had registered lately is still to be found.
    changesSince: before(last.startedAt, last.recentIncluded ? AUDIT_DELAY_MS : REPORT_LAG_MS),
    methods: last.methods,
    ...(last.accounts === undefined ? {} : { accounts: last.accounts }),
    ...(last.reportRows === undefined ? {} : { reportRows: last.reportRows }),
  };
}

/** What a scan of changes becomes when it cannot be known who changed: no person is carried over. */
export function asFullScan(scan: Scan): Scan {
  if (scan.kind === "full") return scan;
  const { accounts: _, reportRows: __, ...rest } = scan;
  return { ...rest, kind: "full", fullSince: scan.startedAt, methods: [] };
}

/** Whether the audit log of a tenant without P1 or P2 goes back as far as the scan has to look. */
export function reachesBackWithoutLicence(scan: Scan): boolean {
  return Date.parse(scan.startedAt) - Date.parse(scan.changesSince) < AUDIT_LOG_KEPT_MS["all-users"];
}

/** People of a scan that was edited since would be carried over into one whose record makes them true. @throws Fault */
async function isAsItWasRead(
  ports: Pick<Ports, "scans" | "audit" | "log">,
  { tenantId }: Pick<Rules, "tenantId">,
  last: Inventory,
): Promise<boolean> {
  // One of an earlier version has no record, and no plan rests on it.
  if (last.recordedAs === undefined) return false;
  const isTheSame = await isAsReadFromPeople(ports, tenantId, last).catch(damaged);
  if (!isTheSame) ports.log.error("scan-altered", { scan: last.scanId });
  return isTheSame;
}

/** A row that makes no sense was not what was read. */
function damaged(error: unknown): boolean {
  if (error instanceof Fault && error.code === "store-altered") return false;
  throw error;
}

function canBuildOn(last: Inventory, rules: Pick<Rules, "scanFullDays">, now: number): boolean {
  const age = now - Date.parse(last.startedAt);
  // A scan of the future was made by a clock that was wrong: what happened since cannot be told.
  if (age < 0) return false;
  const isYoung = now - Date.parse(last.fullSince) <= rules.scanFullDays * DAY_MS;
  return isYoung && age + REPORT_LAG_MS < AUDIT_LOG_KEPT_MS[last.path];
}

function before(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) - milliseconds).toISOString();
}
