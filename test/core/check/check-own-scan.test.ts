import { expect, it } from "vitest";
import { ownScanFinding } from "../../../src/core/check/check-own-scan.js";
import { tenantId } from "../../../src/core/person.js";
import type { ScansLook, StoreLook } from "../../../src/core/ports/probes.js";

const HOUR = 3_600_000;
const NOW = new Date("2026-11-22T10:00:00.000Z");
const hoursAgo = (hours: number): string => new Date(NOW.getTime() - hours * HOUR).toISOString();
const scan = (hours: number, begunBy?: "latchkey"): ScansLook["latest"] => ({
  startedAt: hoursAgo(hours),
  finishedAt: hoursAgo(hours),
  ...(begunBy && { begunBy }),
});
const store = (scans: Partial<ScansLook>): StoreLook => ({
  ...{
    kind: "in-use",
    what: "The folder",
    records: 3,
    scans: { latest: undefined, pause: undefined, ...scans },
  },
});
const found = (look: StoreLook, scanEveryHours = 24) => ownScanFinding(look, { scanEveryHours }, NOW);
const tenant = tenantId("tenant");

it.each([
  ["off", found(store({}), 0), "not-needed", /It is off/],
  ["without a store", found({ kind: "new", what: "The folder" }), "not-needed", /asked for the first/],
  [
    "with one that cannot be read",
    found({ kind: "unusable", what: "The folder", why: "EACCES" }),
    "not-checked",
    /no store/,
  ],
  ["before the first scan", found(store({})), "not-needed", /once a person has asked for the first/],
  [
    "after a person's scan",
    found(store({ latest: scan(23) })),
    "works",
    /23 hours ago, begun by a person\.$/,
  ],
  [
    "after its own",
    found(store({ latest: scan(0.5, "latchkey") })),
    "works",
    /within the hour, begun by Latchkey itself/,
  ],
  [
    "that a person put off for a day",
    found(store({ latest: scan(40), pause: { tenantId: tenant, at: hoursAgo(2), kind: "cancelled" } })),
    "works",
    /40 hours ago/,
  ],
  [
    "that should have begun long ago",
    found(store({ latest: scan(31) })),
    "attention",
    /the next one is late/,
  ],
] as const)("a scan of Latchkey's own, %s: %#", (_, finding, state, words) => {
  expect(finding).toMatchObject({ id: "own-scan", state });
  expect(finding.found).toMatch(words);
});

it("a scan of Latchkey's own that fails says how often, why, and what mends it", () => {
  const pause = {
    tenantId: tenant,
    at: hoursAgo(1),
    kind: "failed",
    fault: "graph-denied",
    times: 3,
  } as const;
  const finding = found(store({ latest: scan(99), pause }));
  expect(finding.state).toBe("attention");
  expect(finding.found).toContain("the last 3 times (graph-denied, 2026-11-22T09:00:00.000Z)");
  expect(finding.mend).toContain("MISSING");
});
