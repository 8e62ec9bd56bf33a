import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Registry } from "prom-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prometheusMetrics } from "../src/metrics.js";
import { TestServer } from "./server/test-server.js";

const root = join(import.meta.dirname, "..");
const file = (name: string): string => join(root, "monitoring", name);
const hasPromtool = (() => {
  try {
    execFileSync("promtool", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write("Skipped: promtool, which is not installed (Debian: apt install prometheus)\n");
    return false;
  }
})();

/** What promtool says, and nothing when all is well. */
function promtool(args: readonly string[], input = ""): string {
  try {
    execFileSync("promtool", args, { input, stdio: "pipe" });
    return "";
  } catch (error) {
    const { stdout, stderr } = error as { stdout: Buffer; stderr: Buffer };
    return `${stdout}${stderr}`;
  }
}

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.end());

async function exposed(): Promise<string> {
  const registry = new Registry();
  prometheusMetrics(registry, "1.2.3");
  const ofServer = await (await server.get("/metrics")).text();
  return `${await registry.metrics()}\n${ofServer}`;
}

describe.each(["alerts.yml", "dashboard.json"])("monitoring/%s", (name) => {
  it("names no metric that is not there", async () => {
    const there = new Set([...(await exposed()).matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]));
    const text = readFileSync(file(name), "utf8");
    const named = [...text.matchAll(/\b(?:latchkey|process|nodejs)_[a-z0-9_]+/g)].map(([metric]) =>
      metric.replace(/_(bucket|count|sum)$/, ""),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((metric) => !there.has(metric))).toEqual([]);
  });
});

describe.skipIf(!hasPromtool)("by promtool", () => {
  it("the metrics follow Prometheus' rules", async () => {
    expect(promtool(["check", "metrics"], await exposed())).toBe("");
  });

  it("the alerts are rules", () => {
    expect(promtool(["check", "rules", file("alerts.yml")])).toBe("");
  });

  it("would notice a metric whose name is wrong", () => {
    expect(promtool(["check", "metrics"], "# TYPE wrong_total gauge\nwrong_total 1\n")).toContain(
      "wrong_total",
    );
  });
});
