import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "./inventory.js";
import type { Scan, ScanAsker } from "./scan.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The audit log shows an entry minutes after it happened, now and then later; so it is read from a little earlier. */
const AUDIT_DELAY = 2 * HOUR;
/** The report lags by up to 36 hours; who registered since is looked for in the audit log. */
const REPORT_LAG = 48 * HOUR;
/** How long the audit log is kept: 30 days, 7 without P1/P2; with a margin. */
const KEPT: Readonly<Record<Inventory["path"], number>> = { report: 29 * DAY, "all-users": 6 * DAY };

/** A new scan: one that reads what changed since the last, where that can be trusted. */
export async function newScan(
  ports: Pick<Ports, "clock" | "scans">,
  rules: Pick<Rules, "tenantId" | "scanFullDays">,
  asker: ScanAsker,
  full: boolean,
): Promise<Scan> {
  const now = ports.clock.now();
  const startedAt = now.toISOString();
  const last = full ? undefined : await ports.scans.latest(rules.tenantId);
  const common = {
    tenantId: rules.tenantId,
    scanId: ports.clock.newId(),
    startedAt,
    askers: [asker],
    path: "report",
    listing: { step: "audit" },
    methods: [],
    recentIncluded: true,
    interruptions: 0,
  } as const;
  if (last === undefined || !canBuildOn(last, rules, now.getTime())) {
    return { ...common, kind: "full", fullSince: startedAt, changesSince: before(startedAt, REPORT_LAG) };
  }
  return {
    ...common,
    kind: "changes",
    base: last.scanId,
    fullSince: last.fullSince,
    changesSince: before(last.startedAt, AUDIT_DELAY),
    methods: last.methods,
  };
}

/** What a scan of changes becomes when the audit log cannot be read: nobody can be taken over. */
export function asFullScan(scan: Scan): Scan {
  const { base: _, ...rest } = scan;
  return {
    ...rest,
    kind: "full",
    fullSince: scan.startedAt,
    changesSince: before(scan.startedAt, REPORT_LAG),
    methods: [],
    recentIncluded: false,
    listing: { step: "people" },
  };
}

function canBuildOn(last: Inventory, rules: Pick<Rules, "scanFullDays">, now: number): boolean {
  const isYoung = now - Date.parse(last.fullSince) <= rules.scanFullDays * DAY;
  return isYoung && now - Date.parse(last.startedAt) + AUDIT_DELAY < KEPT[last.path];
}

function before(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) - milliseconds).toISOString();
}
