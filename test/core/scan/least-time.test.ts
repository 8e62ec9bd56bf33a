import { describe, expect, it } from "vitest";
import { TimedClock, TimedGraph, type TimedGraphOptions } from "./timed-graph.js";
import { TimedScans } from "./timed-scan.js";

/** Seconds that a scan takes of a Graph that takes a tenth of one for each answer. */
async function secondsOf(options: Omit<TimedGraphOptions, "clock">): Promise<number> {
  const clock = new TimedClock();
  const { seconds, accounts, unreadCount } = await new TimedScans(
    clock,
    new TimedGraph({ ...options, clock }),
  ).toTheEnd();
  expect({ accounts, unreadCount }).toMatchObject({ accounts: { enabled: options.people }, unreadCount: 0 });
  return seconds;
}

describe("a scan takes no longer than", () => {
  it("the report's pages one after the other, and one batch: the accounts are counted beside it", async () => {
    expect(await secondsOf({ people: 2_000, reportPages: 10 })).toBeCloseTo(1.1);
  });

  it("the longer of report and audit log, and one batch", async () => {
    expect(await secondsOf({ people: 20, reportPages: 5, auditPages: 5 })).toBeCloseTo(0.6);
    expect(await secondsOf({ people: 20, reportPages: 5, auditPages: 3 })).toBeCloseTo(0.6);
    expect(await secondsOf({ people: 20, reportPages: 2, auditPages: 6 })).toBeCloseTo(0.7);
  });
});
