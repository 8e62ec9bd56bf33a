import { beforeEach, describe, expect, it } from "vitest";
import {
  ANSWER_WITHIN_MS,
  IN_FLIGHT_MS,
  isFromTheFuture,
  maySend,
  mayStillArrive,
  SEND_WITHIN_MS,
} from "../../../src/core/apply/write-window.js";
import { replicaId } from "../../../src/core/person.js";
import type { Plan, PlanState } from "../../../src/core/plan/plan.js";
import { SILENT_FOR_MS } from "../../../src/core/replica/liveness.js";
import { GRACE } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

describe("the times of a write", () => {
  it("leave room for whatever was sent to arrive before anybody takes it for lost", () => {
    expect(SEND_WITHIN_MS + ANSWER_WITHIN_MS).toBeLessThan(IN_FLIGHT_MS);
  });

  it("let a process stop sending before the others take it for gone", () => {
    expect(SEND_WITHIN_MS).toBeLessThan(SILENT_FOR_MS);
  });
});

describe("whether a write may be sent", () => {
  const intended = { now: 1_000_000, elapsed: 500 };
  const later = (now: number, elapsed = now) => ({
    now: intended.now + now,
    elapsed: intended.elapsed + elapsed,
  });

  it("is so 7,999 ms after its intent and not after 8,000 ms, by either clock", () => {
    expect(maySend(intended, later(7_999))).toBe(true);
    expect(maySend(intended, later(8_000, 7_999))).toBe(false);
    expect(maySend(intended, later(7_999, 8_000))).toBe(false);
  });

  it("is so after the clock was set back by 999 ms, as clocks are adjusted, and not by 1,000 ms", () => {
    expect(maySend(intended, later(-999, 100))).toBe(true);
    expect(maySend(intended, later(-1_000, 100))).toBe(false);
  });

  it.each([
    ["is so at once", later(0), true],
    ["is not so after the machine slept, which only the time of day tells", later(60_000, 10), false],
    ["is not so after the clock was set back, which only the other clock tells", later(-500, 8_000), false],
  ])("%s", (_, current, may) => {
    expect(maySend(intended, current)).toBe(may);
  });
});

let story: PlanStory;
let waiting: Plan;
beforeEach(async () => {
  story = new PlanStory();
  waiting = await story.propose();
});
/** A write that the process named lost sight of just now. */
const lost = (replica: string) =>
  ({
    kind: "unknown",
    by: GRACE,
    at: story.now(),
    clientRequestId: "c",
    seen: "before",
    lostSight: { replica: replicaId(replica), elapsed: story.world.time },
  }) as const;

describe("whether a write may still arrive", () => {
  const may = (state: PlanState) => mayStillArrive(story.world.ports, { ...waiting, state });

  it("is so for 30 seconds after this process lost sight of it, by its own clock", () => {
    const state = lost("this process");
    story.world.advance(29_999);
    expect(may(state)).toBe(true);
    story.world.advance(1);
    expect(may(state)).toBe(false);
  });

  it("allows for clocks that differ by 10 seconds where another process lost sight of it", () => {
    const state = lost("another");
    story.world.advance(39_999);
    expect(may(state)).toBe(true);
    story.world.advance(1);
    expect(may(state)).toBe(false);
  });

  it("is so of a plan that is being applied, however long that takes", () => {
    const state = {
      kind: "applying",
      by: GRACE,
      at: story.now(),
      clientRequestId: "c",
      replica: replicaId("another"),
    } as const;
    story.world.advance(86_400_000);
    expect(may(state)).toBe(true);
  });

  it("is not so of a plan that waits, or has ended just now", () => {
    const at = story.now();
    expect(may({ kind: "waiting" })).toBe(false);
    expect(may({ kind: "refused", by: GRACE, at, status: 400, message: "no" })).toBe(false);
    expect(may({ kind: "applied", by: GRACE, at, clientRequestId: "c", otherWriters: [] })).toBe(false);
  });
});

describe("whether sight of a write was lost at a time still to come", () => {
  const isFuture = (state: ReturnType<typeof lost>) => isFromTheFuture(story.world.ports, state);

  it("is so where the clock of another process was ahead by more than clocks may differ", () => {
    story.world.advance(10_000);
    const state = lost("another");
    story.world.advance(-10_000);
    expect(isFuture(state)).toBe(false);
    story.world.advance(-1);
    expect(isFuture(state)).toBe(true);
  });

  it("is not so of what lies in the past, however long ago", () => {
    const state = lost("another");
    story.world.advance(86_400_000);
    expect(isFuture(state)).toBe(false);
  });

  it("is not so of what this process lost itself: the clock that counts is then its own", () => {
    const state = lost("this process");
    story.world.advance(-86_400_000);
    expect(isFuture(state)).toBe(false);
  });
});
