import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Registry } from "prom-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prometheusMetrics } from "../src/metrics.js";
import { type RunningServer, startServer } from "../src/server.js";

let registry: Registry;
let metrics: ReturnType<typeof prometheusMetrics>;
beforeEach(() => {
  registry = new Registry();
  metrics = prometheusMetrics(registry, "1.2.3");
});
/** Lines of one metric, as Prometheus reads them. */
async function lines(name: string): Promise<readonly string[]> {
  const text = await registry.metrics();
  return text.split("\n").filter((line) => line.startsWith(name));
}

describe("what Prometheus reads", () => {
  it("counts plans by the state they came into, from 0 on", async () => {
    expect(await lines("latchkey_plan_transitions_total")).toHaveLength(9);
    metrics.planStored("applied");
    expect(await lines('latchkey_plan_transitions_total{state="applied"}')).toEqual([
      'latchkey_plan_transitions_total{state="applied"} 1',
    ]);
    expect(await lines('latchkey_plan_transitions_total{state="refused"}')).toEqual([
      'latchkey_plan_transitions_total{state="refused"} 0',
    ]);
  });

  it("has the time until a decision in seconds", async () => {
    metrics.planDecided("approved", 90);
    const told = await lines("latchkey_plan_waiting_seconds");
    expect(told).toContain('latchkey_plan_waiting_seconds_bucket{le="60",decision="approved"} 0');
    expect(told).toContain('latchkey_plan_waiting_seconds_bucket{le="300",decision="approved"} 1');
    expect(told).toContain('latchkey_plan_waiting_seconds_sum{decision="approved"} 90');
  });

  it("has how the tenant stands in the process that tells it, and 0 in the others", async () => {
    const openPlans = { waiting: 3, applying: 1, unknown: 2 };
    metrics.tenantFigures({ openPlans, hasOpenDrift: true, records: 128 });
    expect(await lines("latchkey_plans_open")).toEqual([
      'latchkey_plans_open{state="waiting"} 3',
      'latchkey_plans_open{state="applying"} 1',
      'latchkey_plans_open{state="unknown"} 2',
    ]);
    expect(await lines("latchkey_drift_open")).toEqual(["latchkey_drift_open 1"]);
    expect(await lines("latchkey_audit_records")).toEqual(["latchkey_audit_records 128"]);
    metrics.tenantFigures(undefined);
    expect(await lines("latchkey_plans_open")).toEqual([
      'latchkey_plans_open{state="waiting"} 0',
      'latchkey_plans_open{state="applying"} 0',
      'latchkey_plans_open{state="unknown"} 0',
    ]);
    expect(await lines("latchkey_drift_open")).toEqual(["latchkey_drift_open 0"]);
    expect(await lines("latchkey_audit_records")).toEqual(["latchkey_audit_records 0"]);
  });

  it("has which duties this process has", async () => {
    expect(await lines("latchkey_duty_held")).toHaveLength(5);
    metrics.dutyHeld("scan", true);
    expect(await lines('latchkey_duty_held{duty="scan"}')).toEqual(['latchkey_duty_held{duty="scan"} 1']);
    metrics.dutyHeld("scan", false);
    expect(await lines('latchkey_duty_held{duty="scan"}')).toEqual(['latchkey_duty_held{duty="scan"} 0']);
  });

  it("counts people of scans", async () => {
    metrics.peopleAsked("read", 20);
    metrics.peoplePutOff("throttled", 3);
    expect(await lines("latchkey_scan_people_total")).toContain(
      'latchkey_scan_people_total{outcome="read"} 20',
    );
    expect(await lines("latchkey_scan_people_put_off_total")).toContain(
      'latchkey_scan_people_put_off_total{why="throttled"} 3',
    );
  });

  it.each([
    [204, "2xx"],
    [304, "3xx"],
    [403, "4xx"],
    [429, "429"],
    [503, "5xx"],
    [undefined, "none"],
  ])("counts requests to Graph by class: %s is %s", async (status, told) => {
    metrics.graphAnswered("GET", status);
    expect(await lines("latchkey_graph_requests_total")).toEqual([
      `latchkey_graph_requests_total{method="GET",status="${told}"} 1`,
    ]);
  });
});

describe("the table of metrics in docs/operations.md", () => {
  let server: RunningServer;
  let ofServer: Registry;
  beforeAll(async () => {
    ofServer = new Registry();
    prometheusMetrics(ofServer, "1.2.3");
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const nothing = async () => undefined;
    const unused = async () => ({ title: "", sentences: [] });
    server = await startServer({
      host: "127.0.0.1",
      port: 0,
      log,
      handleActivity: nothing,
      version: "1.2.3",
      isReady: async () => true,
      attention: () => [],
      openEvidence: nothing,
      openPeopleList: nothing,
      publicUrl: "https://latchkey.example",
      signIn: { look: unused, setOut: unused, comeBack: unused },
      metrics: ofServer,
    });
  });
  afterAll(() => server.close(0));

  it("has every metric of ours, with its type and its labels, and no other", () => {
    const text = readFileSync(join(import.meta.dirname, "../docs/operations.md"), "utf8");
    const rows = [...text.matchAll(/^\| `(latchkey_\w+)` +\| (\w+) +\| ([^|]*?) +\|/gm)];
    const documented = rows.map(([, name = "", type, labels = ""]) => ({
      name,
      type,
      labels: [...labels.matchAll(/`(\w+)`/g)].map((match) => match[1]),
    }));
    const ours = ofServer
      .getMetricsAsArray()
      .filter(({ name }) => name.startsWith("latchkey_"))
      // prom-client keeps the labels of a metric and does not say so in its types.
      .map((each) => each as unknown as { name: string; type: string; labelNames: readonly string[] });
    const byName = (one: { name: string }, other: { name: string }): number =>
      one.name < other.name ? -1 : 1;
    const described = ours.map((each) => ({ name: each.name, type: typeOf(each), labels: each.labelNames }));
    expect(documented.toSorted(byName)).toEqual(described.toSorted(byName));
  });
});

/** As Prometheus is told it: prom-client has no member for it. */
function typeOf(metric: object): string {
  return metric.constructor.name.toLowerCase();
}
