import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { PlanStateKind } from "./core/plan/plan.js";
import type { Metrics, ScanBeginner, ScanOutcome } from "./core/ports/metrics.js";
import type { Duty } from "./core/stores.js";

/** Every value of a label; `satisfies` makes a missing or a misspelt one fail to compile. */
const STATES = {
  waiting: true,
  applying: true,
  applied: true,
  refused: true,
  unknown: true,
  rejected: true,
  cancelled: true,
  expired: true,
  superseded: true,
} satisfies Record<PlanStateKind, true>;
const DUTIES = { plans: true, scan: true, drift: true, metadata: true, news: true } satisfies Record<
  Duty,
  true
>;

const BEGINNERS = { person: true, latchkey: true } satisfies Record<ScanBeginner, true>;
const OUTCOMES = { finished: true, cancelled: true, failed: true } satisfies Record<ScanOutcome, true>;

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
/** From a click right away to a plan that waits for days. */
const WAITING_BUCKETS_SECONDS = [
  ...[1, 5, 15, 30].map((minutes) => minutes * MINUTE_SECONDS),
  ...[1, 2, 4, 8, 24, 72].map((hours) => hours * HOUR_SECONDS),
];

/**
 * Metrics for Prometheus. Labels have few values, all known beforehand, and none is a name, an id or a URL.
 * `docs/operations.md` says what each is for.
 * @param registers where they are to be read
 */
export function prometheusMetrics(registers: Registry, version: string): Metrics {
  gauge(registers, "latchkey_build_info", "The program that runs: always 1.", ["version", "node"]).set(
    { version, node: process.version },
    1,
  );
  const transitions = counter(registers, "latchkey_plan_transitions_total", "Plans that came into a state.", [
    "state",
  ]);
  const altered = counter(
    registers,
    "latchkey_plans_altered_total",
    "Times that a plan in the store was not what had been recorded.",
    [],
  );
  const waiting = new Histogram({
    name: "latchkey_plan_waiting_seconds",
    help: "How long a revision waited for approval until it was decided or its time was up.",
    labelNames: ["decision"],
    buckets: WAITING_BUCKETS_SECONDS,
    registers: [registers],
  });
  const open = gauge(registers, "latchkey_plans_open", "Plans that are open, by the holder of plans.", [
    "state",
  ]);
  const drift = gauge(registers, "latchkey_drift_open", "Whether drift is open, by the holder of plans.", []);
  const records = gauge(
    registers,
    "latchkey_audit_records",
    "Records there are, by the holder of plans.",
    [],
  );
  const duties = gauge(registers, "latchkey_duty_held", "Whether this process has the duty.", ["duty"]);
  const people = counter(registers, "latchkey_scan_people_total", "People whose passkeys were asked for.", [
    "outcome",
  ]);
  const putOff = counter(
    registers,
    "latchkey_scan_people_put_off_total",
    "People to be asked for again, because Graph throttled or did not answer.",
    ["why"],
  );
  const scans = counter(
    registers,
    "latchkey_scans_total",
    "Scans that ended, by who began them and how they ended.",
    ["begun_by", "outcome"],
  );
  const graph = counter(registers, "latchkey_graph_requests_total", "Requests to Microsoft Graph.", [
    "method",
    "status",
  ]);

  // What has not happened yet is 0: from an absent one no rate can be told.
  for (const state of Object.keys(STATES)) transitions.inc({ state }, 0);
  for (const duty of Object.keys(DUTIES)) duties.set({ duty }, 0);
  for (const outcome of ["read", "gone", "failed"]) people.inc({ outcome }, 0);
  for (const why of ["throttled", "other"]) putOff.inc({ why }, 0);

  for (const begun_by of Object.keys(BEGINNERS)) {
    for (const outcome of Object.keys(OUTCOMES)) scans.inc({ begun_by, outcome }, 0);
  }

  return {
    planStored: (state) => transitions.inc({ state }),
    planAltered: () => altered.inc(),
    planDecided: (decision, waitedSeconds) => waiting.observe({ decision }, waitedSeconds),
    tenantFigures: (figures) => {
      const { openPlans, hasOpenDrift, records: count } = figures ?? NOTHING;
      for (const [state, plans] of Object.entries(openPlans)) open.set({ state }, plans);
      drift.set(hasOpenDrift ? 1 : 0);
      records.set(count);
    },
    dutyHeld: (duty, isHeld) => duties.set({ duty }, isHeld ? 1 : 0),
    peopleAsked: (outcome, count) => people.inc({ outcome }, count),
    peoplePutOff: (why, count) => putOff.inc({ why }, count),
    scanEnded: (begun_by, outcome) => scans.inc({ begun_by, outcome }),
    graphAnswered: (method, status) => graph.inc({ method, status: statusClass(status) }),
  };
}

/** Another process tells them. */
const NOTHING = {
  openPlans: { waiting: 0, applying: 0, unknown: 0 },
  hasOpenDrift: false,
  records: 0,
} satisfies Parameters<Metrics["tenantFigures"]>[0];

/** Throttling has a class of its own: it is expected, and it is what slows a scan down. */
function statusClass(status: number | undefined): string {
  if (status === undefined) return "none";
  return status === 429 ? "429" : `${Math.floor(status / 100)}xx`;
}

function counter<L extends string>(registers: Registry, name: string, help: string, labelNames: L[]) {
  return new Counter({ name, help, labelNames, registers: [registers] });
}

function gauge<L extends string>(registers: Registry, name: string, help: string, labelNames: L[]) {
  return new Gauge({ name, help, labelNames, registers: [registers] });
}
