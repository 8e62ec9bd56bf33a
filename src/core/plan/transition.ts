import { isPutOff, type Plan, type PlanNote, type PlanState, type PlanStateKind } from "./plan.js";

/** Every transition there is. What is not in this table cannot happen. */
const NEXT: Readonly<Record<Stage, readonly Stage[]>> = {
  // Superseded when a new scan shows that it cannot be, or need not be, any more.
  waiting: ["waiting", "applying", "rejected", "cancelled", "expired", "superseded"],
  applying: ["waiting", "put-off", "applied", "refused", "unknown", "superseded"],
  // Nothing of it is under way, so people may still end it.
  "put-off": ["applying", "put-off", "waiting", "rejected", "cancelled", "superseded"],
  // Settled by reading: in force, not written. A policy that is neither stays unknown until a person closes it.
  // Refused, and open again as it was, when the process that sent it was only thought to be gone and has the answer.
  unknown: ["waiting", "applied", "refused", "unknown", "superseded"],
  // Who else wrote is told once it is known.
  applied: ["applied"],
  refused: [],
  rejected: [],
  cancelled: [],
  expired: [],
  superseded: [],
};

/** A state, or that of a plan whose write waits for Graph. */
type Stage = PlanStateKind | "put-off";

function stageOf(state: PlanState): Stage {
  return isPutOff({ state }) ? "put-off" : state.kind;
}

/**
 * The plan in its next state, to be stored with compare-and-set.
 * A note is about the state it came with: it is dropped unless a new one is given.
 * @throws Error for a transition that is not in the table: a mistake in this program
 */
export function move(
  plan: Plan,
  state: PlanState,
  change: Partial<Pick<Plan, "approvals" | "note">> = {},
): Plan {
  const [from, to] = [stageOf(plan.state), stageOf(state)];
  if (!NEXT[from].includes(to)) throw new Error(`plan #${plan.number} cannot go from ${from} to ${to}`);
  const { note: _, ...rest } = plan;
  return { ...rest, ...withNote(change.note), state, approvals: change.approvals ?? plan.approvals };
}

function withNote(note: PlanNote | undefined): { note?: PlanNote } {
  return note === undefined ? {} : { note };
}
