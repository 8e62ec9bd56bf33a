import { describe, expect, it } from "vitest";
import { tenantId } from "../../../src/core/person.js";
import { isOwnScanDue, type OwnScanPause, pauseMs } from "../../../src/core/scan/own-scan.js";

const HOUR = 3_600_000;
const NOW = new Date("2026-11-22T10:00:00.000Z");
const EVERY = 24 * HOUR;

const hoursAgo = (hours: number): string => new Date(NOW.getTime() - hours * HOUR).toISOString();
/** A scan that took three hours. */
const scanEnded = (hours: number, begunBy?: "latchkey") => ({
  startedAt: hoursAgo(hours + 3),
  finishedAt: hoursAgo(hours),
  ...(begunBy && { begunBy }),
});
const failed = (times: number, hours: number): OwnScanPause => ({
  ...{ tenantId: tenantId("tenant"), at: hoursAgo(hours), kind: "failed", fault: "graph-denied", times },
});
const cancelled = (hours: number): OwnScanPause => ({
  tenantId: tenantId("tenant"),
  at: hoursAgo(hours),
  kind: "cancelled",
});
const isDue = (known: Partial<Parameters<typeof isOwnScanDue>[0]>): boolean =>
  isOwnScanDue({ everyMs: EVERY, latest: undefined, hasScanned: true, pause: undefined, ...known }, NOW);

describe("a scan of Latchkey's own is due", () => {
  it("never before a first scan has ended, and at once where that one is no longer kept", () => {
    expect(isDue({ hasScanned: false })).toBe(false);
    expect(isDue({ hasScanned: true })).toBe(true);
  });

  it("a turn after the end of a scan that a person asked for", () => {
    expect(isDue({ latest: scanEnded(23.9) })).toBe(false);
    expect(isDue({ latest: scanEnded(24) })).toBe(true);
  });

  it("a turn after the beginning of the last one of its own, so that the hour of the day stays", () => {
    expect(isDue({ latest: scanEnded(20.9, "latchkey") })).toBe(false);
    expect(isDue({ latest: scanEnded(21, "latchkey") })).toBe(true);
  });

  it("later and later while it fails, and a turn after a person ended a scan", () => {
    const latest = scanEnded(99);
    expect(isDue({ latest, pause: failed(1, 0.2) })).toBe(false);
    expect(isDue({ latest, pause: failed(1, 0.25) })).toBe(true);
    expect(isDue({ latest, pause: failed(3, 0.9) })).toBe(false);
    expect(isDue({ latest, pause: failed(3, 1) })).toBe(true);
    expect(isDue({ latest, pause: failed(900, 5.9) })).toBe(false);
    expect(isDue({ latest, pause: failed(900, 6) })).toBe(true);
    expect(isDue({ latest, pause: cancelled(23.9) })).toBe(false);
    expect(isDue({ latest, pause: cancelled(24) })).toBe(true);
  });

  it("whatever a clock left that was ahead by a turn or more; one that was ahead by less holds it up for a turn", () => {
    expect(isDue({ latest: scanEnded(-24) })).toBe(true);
    expect(isDue({ latest: scanEnded(-1) })).toBe(false);
    expect(isDue({ latest: scanEnded(30), pause: failed(1, -24) })).toBe(true);
    expect(isDue({ latest: scanEnded(30), pause: failed(1, -1) })).toBe(false);
  });
});

it("a pause is never longer than a turn", () => {
  expect(pauseMs(failed(5, 0), HOUR)).toBe(HOUR);
  expect(pauseMs(cancelled(0), HOUR)).toBe(HOUR);
});
