import { describe, expect, it } from "vitest";
import { Pace } from "../../../src/core/scan/pace.js";

/** A round in which Graph answers everybody who may be asked about. */
const answeredRound = (pace: Pace) => pace.onAnswered(pace.level);

describe("the pace of a scan", () => {
  it("begins with one batch, doubles while Graph answers, and stops at sixteen batches", () => {
    const pace = new Pace();
    const levels = [pace.level];
    for (let round = 0; round < 6; round += 1) {
      answeredRound(pace);
      levels.push(pace.level);
    }
    expect(levels).toEqual([20, 40, 80, 160, 320, 320, 320]);
  });

  it("has half as much in flight for each time it was interrupted, and never less than a batch", () => {
    const highest = (interruptions: number) => {
      const pace = new Pace(interruptions);
      for (let round = 0; round < 20; round += 1) answeredRound(pace);
      return pace.level;
    };
    expect([0, 1, 2, 4, 20].map(highest)).toEqual([320, 160, 80, 20, 20]);
  });

  it("halves when Graph refuses, once for everything that was sent before the pause", () => {
    const pace = new Pace();
    for (let round = 0; round < 3; round += 1) answeredRound(pace);
    const sentTogether = pace.ticket();
    pace.onThrottled(sentTogether, 0, 12, 5);
    pace.onThrottled(sentTogether, 10, 0, 5);
    expect(pace.level).toBe(80);
    pace.onThrottled(pace.ticket(), 6_000, 3, 5);
    expect(pace.level).toBe(40);
  });

  it("grows by a batch a round after the first refusal, and by less below one batch", () => {
    const pace = new Pace();
    answeredRound(pace);
    pace.onThrottled(pace.ticket(), 0, 1, 1);
    expect(pace.level).toBe(20);
    answeredRound(pace);
    expect(pace.level).toBe(40);
    for (let i = 0; i < 3; i += 1) pace.onThrottled(pace.ticket(), 0, 1, 1);
    expect(pace.level).toBe(5);
    answeredRound(pace);
    expect(pace.level).toBe(7);
  });

  it("never falls below one person at a time", () => {
    const pace = new Pace();
    for (let i = 0; i < 20; i += 1) pace.onThrottled(pace.ticket(), 0, 1, 1);
    expect(pace.level).toBe(1);
  });

  it("waits as long as the longest Retry-After says, and no longer than a quarter of an hour", () => {
    const pace = new Pace();
    const ticket = pace.ticket();
    pace.onThrottled(ticket, 1_000, 1, 7);
    pace.onThrottled(ticket, 1_000, 1, 3);
    expect(pace.pausedUntil).toBe(8_000);
    pace.onThrottled(pace.ticket(), 9_000, 1, 100_000);
    expect(pace.pausedUntil).toBe(909_000);
  });

  it("backs off further each time when nobody is answered and Graph names no time", () => {
    const pace = new Pace();
    const waits = Array.from({ length: 8 }, () => {
      pace.onThrottled(pace.ticket(), 0, 0, undefined);
      return pace.pausedUntil / 1000;
    });
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it("calls it hopeless after eight pauses over ten minutes in which nobody was answered", () => {
    const pace = new Pace();
    const refuse = (times: number, at: number) => {
      for (let i = 0; i < times; i += 1) pace.onThrottled(pace.ticket(), at, 0, 1);
    };
    refuse(8, 1_000);
    expect(pace.isHopeless(600_999)).toBe(false);
    expect(pace.isHopeless(601_000)).toBe(true);
    pace.onAnswered(1);
    expect(pace.isHopeless(601_000)).toBe(false);
    refuse(7, 700_000);
    expect(pace.isHopeless(9_000_000)).toBe(false);
  });

  const refusing = (refused: number, asked = 20) => ({ asked, refused, answered: asked - refused });

  it("gives a place away for each of a few who are refused, down to one batch, and keeps nobody waiting", () => {
    const pace = new Pace();
    for (let round = 0; round < 4; round += 1) answeredRound(pace);
    expect(pace.level).toBe(320);
    expect(pace.onRequest(pace.ticket(), 0, { ...refusing(4), retryAfterSeconds: 60 })).toBe(false);
    expect(pace.level).toBe(316);
    const few = new Pace();
    few.onRequest(few.ticket(), 0, { ...refusing(4), pressure: 0.9 });
    expect([few.level, few.pausedUntil, pace.pausedUntil]).toEqual([20, 0, 0]);
  });

  it("takes half of a request for a limit, or a quarter of it and the one before since the last pause", () => {
    const limits = (...refusals: readonly number[]) => {
      const pace = new Pace();
      return refusals.map((refused) => pace.onRequest(pace.ticket(), 0, refusing(refused)));
    };
    expect(limits(0, 9)).toEqual([false, false]);
    expect(limits(0, 10)).toEqual([false, true]);
    expect(limits(4, 5)).toEqual([false, false]);
    expect(limits(4, 6)).toEqual([false, true]);
    expect(limits(5)).toEqual([true]);
    expect(limits(20, 4)).toEqual([true, false]);
  });

  it("takes any refusal of less than a batch for a limit, as it was found that low", () => {
    const pace = new Pace();
    expect(pace.onRequest(pace.ticket(), 0, refusing(0, 19))).toBe(false);
    expect(pace.onRequest(pace.ticket(), 0, refusing(1, 19))).toBe(true);
  });

  it("stays at a batch where it is not clear that it is a limit, and goes below where half are refused", () => {
    const pace = new Pace();
    expect(pace.onRequest(pace.ticket(), 0, refusing(9))).toBe(true);
    expect(pace.level).toBe(20);
    expect(pace.onRequest(pace.ticket(), 0, refusing(10))).toBe(true);
    expect(pace.level).toBe(10);
  });

  it("learns nothing more from what was sent before a pause", () => {
    const pace = new Pace();
    for (let round = 0; round < 4; round += 1) answeredRound(pace);
    const before = pace.ticket();
    pace.onRequest(before, 0, refusing(20));
    pace.onRequest(before, 0, refusing(3));
    expect(pace.level).toBe(160);
    expect(pace.onRequest(pace.ticket(), 0, refusing(4))).toBe(false);
  });

  it("does not grow while Graph says that four fifths of the limit are used up", () => {
    const pace = new Pace();
    pace.onAnswered(20, 0.8);
    expect(pace.level).toBe(20);
    pace.onAnswered(20, 0.79);
    expect(pace.level).toBe(40);
  });
});
