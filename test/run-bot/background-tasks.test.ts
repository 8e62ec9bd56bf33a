import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Fault } from "../../src/core/errors.js";
import { BackgroundTasks } from "../../src/run-bot/background-tasks.js";

let logged: string[];
let tasks: BackgroundTasks;
beforeEach(() => {
  vi.useFakeTimers();
  logged = [];
  const note = (event: string, detail: object = {}): void => {
    logged.push(`${event} ${"task" in detail ? detail.task : ""}`);
  };
  tasks = new BackgroundTasks({ info: note, warn: note, error: note });
});
afterEach(async () => {
  await tasks.stop();
  vi.useRealTimers();
});

describe("a background task", () => {
  it("is done at once and then again and again", async () => {
    let times = 0;
    tasks.every(1_000, "counting", async () => {
      times += 1;
    });
    await vi.advanceTimersByTimeAsync(3_500);
    expect(times).toBe(4);
  });

  it("is never done twice at a time", async () => {
    let [underWay, most] = [0, 0];
    tasks.every(1_000, "slow", async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      underWay -= 1;
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(most).toBe(1);
    const stopped = tasks.stop();
    await vi.advanceTimersByTimeAsync(2_500);
    await stopped;
  });

  it("may wait longer after a failure, and no longer after that", async () => {
    let times = 0;
    const task = async () => {
      times += 1;
      if (times === 2) throw new Fault("graph-unavailable", "busy");
    };
    tasks.every(1_000, "news", task, { afterFailureMs: 10_000 });
    await vi.advanceTimersByTimeAsync(10_500);
    expect(times).toBe(2);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(times).toBe(5);
  });

  it("that fails is logged when that begins and when it is over, and is tried all the time", async () => {
    let isAway = true;
    let times = 0;
    tasks.every(1_000, "plans", async () => {
      times += 1;
      if (isAway) throw new Fault("store-unavailable", `failed for the ${times}. time`);
    });
    tasks.every(1_000, "other", async () => {});
    await vi.advanceTimersByTimeAsync(60_000);
    expect(logged).toEqual(["background-task-failed plans"]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(logged).toEqual(["background-task-failed plans", "background-task-works-again plans"]);
    expect(times).toBe(66);
    isAway = true;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(logged).toHaveLength(3);
  });

  it("that fails for another reason is logged anew", async () => {
    const errors: readonly unknown[] = [
      new Fault("store-unavailable", "away"),
      new TypeError("a mistake"),
      new TypeError("a mistake"),
      new TypeError("another mistake"),
      "words",
    ];
    let times = 0;
    tasks.every(1_000, "plans", async () => {
      throw errors[times++];
    });
    await vi.advanceTimersByTimeAsync(4_500);
    expect(logged).toHaveLength(4);
  });

  it("that is under way is waited for when all of them are stopped, and no other is begun", async () => {
    let times = 0;
    let finish: () => void = () => {};
    tasks.every(1_000, "long", () => {
      times += 1;
      return new Promise((resolve) => {
        finish = resolve;
      });
    });
    let isStopped = false;
    const stopping = tasks.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(5_000);
    expect([times, isStopped]).toEqual([1, false]);
    finish();
    await stopping;
    expect(times).toBe(1);
  });
});
