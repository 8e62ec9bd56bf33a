import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../src/core/ports.js";

export interface FastClock extends Clock {
  advance(milliseconds: number): void;
}

/**
 * A clock on which time passes only while somebody sleeps, a thousand times faster than on the wall: what is waited
 * for does not depend on how busy the machine is. Begins at the real time, which is what the simulated Graph goes by.
 */
export function fastClock(): FastClock {
  let time = Date.now();
  return {
    now: () => new Date(time),
    async sleep(milliseconds) {
      const due = time + milliseconds;
      await pause(milliseconds / 1000);
      time = Math.max(time, due);
    },
    elapsed: () => performance.now(),
    newId: () => randomUUID(),
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}

/** The same as timers are: they fire a moment early, and time passes while one looks. */
export function earlyClock(): Clock {
  let time = Date.now();
  const now = () => {
    time += 1;
    return new Date(time);
  };
  return {
    now,
    async sleep(milliseconds) {
      const due = time + milliseconds;
      await pause(milliseconds / 1000);
      time = Math.max(time, due - 2);
    },
    elapsed: () => performance.now(),
    newId: () => randomUUID(),
  };
}

/** The real clock, run faster: for a Graph that counts requests in real time, in a window as much shorter. */
export function hurriedClock(times: number): Clock {
  const start = Date.now();
  return {
    now: () => new Date(start + (Date.now() - start) * times),
    sleep: async (milliseconds) => void (await pause(milliseconds / times)),
    elapsed: () => performance.now(),
    newId: () => randomUUID(),
  };
}
