import type { Clock } from "../../src/core/ports.js";

export interface FakeClock extends Clock {
  /** What was asked to wait for, in milliseconds, in order. Nothing is waited for. */
  readonly slept: number[];
}

/** A clock that moves only by what is slept on it, at once; its ids are GUIDs that count. */
export function fakeClock(): FakeClock {
  const slept: number[] = [];
  let ids = 0;
  return {
    slept,
    now: () => new Date("2026-11-22T10:00:00.000Z"),
    elapsed: () => slept.reduce((sum, each) => sum + each, 0),
    async sleep(milliseconds) {
      slept.push(milliseconds);
    },
    newId() {
      ids += 1;
      return `00000000-0000-4000-8000-${String(ids).padStart(12, "0")}`;
    },
  };
}
