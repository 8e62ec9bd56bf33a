import { describe, expect, it } from "vitest";
import { KnownLimit } from "../../../src/core/scan/known-limit.js";
import { BATCH_SIZE } from "../../../src/core/scan/pace.js";

/** A limit that was met, ten seconds after the first person was asked about, when so many people had been let through. */
function metOnce(people: number): KnownLimit {
  const limit = new KnownLimit();
  askAll(limit, 0, people);
  refuse(limit, 1_000, 9);
  return limit;
}

/** All are asked about and answered at one moment. */
function askAll(limit: KnownLimit, at: number, people: number): void {
  for (let left = people; left > 0; left -= BATCH_SIZE) {
    limit.onAsked(at, Math.min(left, BATCH_SIZE));
    limit.onAnswered(at, {
      asked: Math.min(left, BATCH_SIZE),
      answered: Math.min(left, BATCH_SIZE),
      refused: 0,
    });
  }
}

function refuse(limit: KnownLimit, at: number, retryAfterSeconds: number): void {
  limit.onAsked(at, BATCH_SIZE);
  limit.onAnswered(at, { asked: BATCH_SIZE, answered: 0, refused: BATCH_SIZE });
  limit.onMet(at, at + retryAfterSeconds * 1000);
}

/** The same again when that window is over. */
function metTwice(first: number, second: number): KnownLimit {
  const limit = metOnce(first);
  askAll(limit, 11_000, second);
  refuse(limit, 12_000, 9);
  return limit;
}

describe("a limit of Graph's", () => {
  it("that was met once may have been an accident, and is not waited for", () => {
    const limit = metOnce(500);
    askAll(limit, 11_000, 2_000);
    expect(limit.opensFor(11_000, BATCH_SIZE)).toBe(0);
  });

  it("met twice at about one number lets so many through in each window, and no more", () => {
    const limit = metTwice(500, 480);
    askAll(limit, 22_000, 480);
    expect(limit.opensFor(22_500, BATCH_SIZE)).toBe(0);
    askAll(limit, 22_600, BATCH_SIZE);
    expect(limit.opensFor(23_000, BATCH_SIZE)).toBe(32_000);
    expect(limit.opensFor(32_000, BATCH_SIZE)).toBe(0);
  });

  it("counts what is in flight, for which no moment is known", () => {
    const limit = metTwice(500, 500);
    limit.onAsked(22_000, 500);
    expect(limit.opensFor(22_000, BATCH_SIZE)).toBe(Number.POSITIVE_INFINITY);
  });

  it("counts what was refused, as Graph does", () => {
    const limit = metTwice(500, 500);
    limit.onAsked(22_000, 500);
    limit.onAnswered(22_000, { asked: 500, answered: 0, refused: 500 });
    expect(limit.opensFor(22_000, BATCH_SIZE)).toBe(32_000);
  });

  it("met at other numbers each time is none that is known", () => {
    const limit = metTwice(500, 200);
    askAll(limit, 22_000, 2_000);
    expect(limit.opensFor(22_000, BATCH_SIZE)).toBe(0);
  });

  it("so low that a level below one batch keeps to it is left to that", () => {
    const limit = metTwice(40, 40);
    askAll(limit, 22_000, 400);
    expect(limit.opensFor(22_000, BATCH_SIZE)).toBe(0);
  });

  it("is not met twice by a Graph that goes on refusing", () => {
    const limit = metOnce(500);
    for (let at = 10_000; at < 60_000; at += 4_000) refuse(limit, at, 4);
    askAll(limit, 70_000, 2_000);
    expect(limit.opensFor(70_000, BATCH_SIZE)).toBe(0);
  });

  it("may have been raised: each window that it held for lets a few more through", () => {
    const limit = metTwice(500, 500);
    for (let window = 0; window < 5; window += 1) askAll(limit, 22_000 + window * 10_000, 20);
    askAll(limit, 82_000, 880);
    expect(limit.opensFor(82_000, BATCH_SIZE)).toBe(0);
    refuse(limit, 82_000, 9);
    expect(limit.opensFor(91_000, BATCH_SIZE)).toBeGreaterThan(91_000);
  });

  it("is not waited for for an hour when the clock is put back by one", () => {
    const limit = metTwice(500, 500);
    askAll(limit, 3_622_000, 500);
    expect(limit.opensFor(22_000, BATCH_SIZE)).toBe(0);
  });
});
