import { beforeEach, describe, expect, it } from "vitest";
import {
  ANSWER_WITHIN_MS,
  CLOCKS_DIFFER_MS,
  IN_FLIGHT_MS,
  maySend,
  mayStillArrive,
  SEND_WITHIN_MS,
} from "../../../src/core/apply/write-window.js";
import { replicaId } from "../../../src/core/person.js";
import type { Plan, PlanState } from "../../../src/core/plan/plan.js";
import { SILENT_FOR } from "../../../src/core/replica/heard.js";
import { GRACE } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

describe("the times of a write", () => {
  it("leave room for whatever was sent to arrive before anybody takes it for lost", () => {
    expect(SEND_WITHIN_MS + ANSWER_WITHIN_MS).toBeLessThan(IN_FLIGHT_MS);
  });

  it("let a process stop sending before the others take it for gone", () => {
    expect(SEND_WITHIN_MS).toBeLessThan(SILENT_FOR);
  });
});

describe("whether a write may be sent", () => {
  const intended = { now: 1_000_000, elapsed: 500 };
  const later = (now: number, elapsed = now) => ({
    now: intended.now + now,
    elapsed: intended.elapsed + elapsed,
  });

  it.each([
    ["at once", later(0), true],
    ["shortly before its time is up", later(SEND_WITHIN_MS - 1), true],
    ["when its time is up", later(SEND_WITHIN_MS), false],
    ["after the machine slept, which only the time of day tells", later(60_000, 10), false],
    ["after the clock was set back, which only the other clock tells", later(-500, SEND_WITHIN_MS), false],
    ["when the clock was set back a little, as clocks are adjusted", later(-500, 100), true],
    ["when the clock jumped back", later(-60_000, 100), false],
  ])("%s", (_, current, may) => {
    expect(maySend(intended, current)).toBe(may);
  });
});

describe("whether a write may still arrive", () => {
  const story = new PlanStory();
  let waiting: Plan;
  beforeEach(async () => {
    waiting = await story.propose();
  });
  const lost = (replica?: string): PlanState => ({
    kind: "unknown",
    by: GRACE,
    at: story.world.ports.clock.now().toISOString(),
    clientRequestId: "c",
    seen: "before",
    ...(replica === undefined
      ? {}
      : { lostSight: { replica: replicaId(replica), elapsed: story.world.time } }),
  });
  const may = (state: PlanState) => mayStillArrive(story.world.ports, { ...waiting, state });

  it("is so for a while after this process lost sight of it, by its own clock", () => {
    const state = lost("this process");
    story.world.advance(IN_FLIGHT_MS - 1);
    expect(may(state)).toBe(true);
    story.world.advance(1);
    expect(may(state)).toBe(false);
  });

  it.each([
    ["another process", "another"],
    ["an older version", undefined],
  ])("allows for clocks that differ where %s lost sight of it", (_, replica) => {
    const state = lost(replica);
    story.world.advance(IN_FLIGHT_MS + CLOCKS_DIFFER_MS - 1);
    expect(may(state)).toBe(true);
    story.world.advance(1);
    expect(may(state)).toBe(false);
  });

  it("is not so of a plan that waits", () => {
    expect(may({ kind: "waiting" })).toBe(false);
  });
});
