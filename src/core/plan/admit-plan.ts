import type { Plan, PlanDraft, PlanSummary } from "./plan.js";
import { canonical } from "./recorded/stored-plan.js";

/** More than a person can have in mind; a thousand plans would hide the one that matters. */
export const OPEN_PLANS_AT_MOST = 10;

/** Whether this waiting plan may be the same request: only reading the whole of it tells, see {@link isSameRequest}. */
export function mayBeSameRequest(draft: PlanDraft, open: PlanSummary): boolean {
  return open.state.kind === "waiting" && !isOver(draft, open) && isStoredAlike(draft.intent, open.intent);
}

/** Whether a plan that waits says the same as this one would: the same wish, on the same policy and scan, come to the same. */
export function isSameRequest(draft: PlanDraft, { proposal }: Plan): boolean {
  return (
    draft.proposal.fingerprint === proposal.fingerprint && isStoredAlike(draft.proposal.after, proposal.after)
  );
}

/** Numbers of the open plans that this person asked for, oldest first. */
export function openPlansOf(draft: PlanDraft, open: readonly PlanSummary[]): readonly number[] {
  return open
    .filter((plan) => plan.requester.id === draft.requester.id && !isOver(draft, plan))
    .map(({ number }) => number);
}

/** Its time is up, and only the process that says so has not come to it yet. */
function isOver(draft: PlanDraft, { state, expiresAt }: PlanSummary): boolean {
  return state.kind === "waiting" && expiresAt <= draft.createdAt;
}

function isStoredAlike(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}
