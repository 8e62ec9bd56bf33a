import { describe, expect, it } from "vitest";
import { replicaId } from "../../../src/core/person.js";
import type { Plan, PlanState, PlanStateKind } from "../../../src/core/plan/plan.js";
import { move } from "../../../src/core/plan/transition.js";
import { PlanStory } from "../apply/plan-story.js";
import { GRACE, ROOM } from "../fake-world.js";

const waiting = await new PlanStory().propose();
const at = waiting.createdAt;
const by = GRACE;
const clientRequestId = "c";
const replica = replicaId("another");

const STATES: { readonly [Kind in PlanStateKind]: Extract<PlanState, { kind: Kind }> } = {
  waiting: { kind: "waiting" },
  applying: { kind: "applying", by, at, clientRequestId, replica },
  unknown: { kind: "unknown", by, at, clientRequestId, seen: "before", lostSight: { replica, elapsed: 0 } },
  applied: { kind: "applied", by, at, clientRequestId, otherWriters: [] },
  refused: { kind: "refused", by, at, status: 400, message: "no" },
  rejected: { kind: "rejected", by, at, reason: "not yet" },
  cancelled: { kind: "cancelled", by, at },
  expired: { kind: "expired", at },
  superseded: { kind: "superseded", at, why: "already-in-force" },
};
const PUT_OFF = { ...STATES.applying, putOff: { at, until: at, fault: "write-throttled" } } as const;
const KINDS = Object.keys(STATES) as PlanStateKind[];

/** From where a plan may go where; all else is a mistake in the program. */
const ALLOWED: { readonly [From in PlanStateKind]: readonly PlanStateKind[] } = {
  waiting: ["waiting", "applying", "rejected", "cancelled", "expired", "superseded"],
  applying: ["waiting", "unknown", "applied", "refused", "superseded"],
  unknown: ["waiting", "unknown", "applied", "refused", "superseded"],
  applied: ["applied"],
  refused: [],
  rejected: [],
  cancelled: [],
  expired: [],
  superseded: [],
};

describe("a plan's next state", () => {
  it.each(KINDS)("after %s is one of the table", (from) => {
    for (const to of ALLOWED[from]) {
      const moved = move({ ...waiting, state: STATES[from] }, STATES[to]);
      expect(moved).toEqual({ ...waiting, state: STATES[to] });
    }
  });

  it.each(KINDS)("after %s is none that the table does not name", (from) => {
    for (const to of KINDS.filter((kind) => !ALLOWED[from].includes(kind))) {
      expect(() => move({ ...waiting, state: STATES[from] }, STATES[to])).toThrow(
        `plan #1 cannot go from ${from} to ${to}`,
      );
    }
  });
});

describe("a plan whose write waits for Graph", () => {
  const putOff = { ...waiting, state: PUT_OFF };
  const NEXT: readonly PlanStateKind[] = ["applying", "waiting", "rejected", "cancelled", "superseded"];

  it("is sent, put off again, opened, or ended by a person", () => {
    for (const to of NEXT) expect(move(putOff, STATES[to])).toEqual({ ...waiting, state: STATES[to] });
    expect(move(putOff, PUT_OFF)).toEqual(putOff);
  });

  it.each(KINDS.filter((kind) => !NEXT.includes(kind)))("never becomes %s", (to) => {
    expect(() => move(putOff, STATES[to])).toThrow(`plan #1 cannot go from put-off to ${to}`);
  });

  it.each(KINDS)("was %s before: only while it was being applied", (from) => {
    const moved = () => move({ ...waiting, state: STATES[from] }, PUT_OFF);
    if (from === "applying") expect(moved()).toEqual(putOff);
    else expect(moved).toThrow(`plan #1 cannot go from ${from} to put-off`);
  });
});

describe("what was said and agreed before", () => {
  const approvals = [{ by, at, revision: 1, conversation: ROOM }];
  const plan: Plan = { ...waiting, approvals, note: { kind: "scanned-anew", at } };
  const { note: _, ...withoutNote } = plan;
  const state = STATES.applying;

  it("are the approvals kept and the note dropped", () => {
    expect(move(plan, state)).toEqual({ ...withoutNote, state });
    expect(move(plan, state)).not.toHaveProperty("note");
  });

  it("gives way to new approvals, also none, and to a new note", () => {
    const note = { kind: "no-effect", at, approver: by } as const;
    expect(move(plan, state, { approvals: [], note })).toEqual({ ...plan, state, approvals: [], note });
  });
});
