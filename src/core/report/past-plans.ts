import type { Person, PersonId } from "../person.js";
import type { PlanSummary } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

/** So many of the last plans are looked at. */
const LOOKED_AT = 100;

type Kept = Pick<Ports, "plans">;

/**
 * The plan that was applied last, by when that was.
 * @param isMeant left out: every one of them @throws Fault
 */
export async function lastApplied(
  { plans }: Kept,
  { tenantId }: Pick<Rules, "tenantId">,
  isMeant: (plan: PlanSummary) => boolean = () => true,
): Promise<PlanSummary | undefined> {
  const latest = await plans.latest(tenantId, LOOKED_AT);
  const applied = latest.filter((plan) => plan.state.kind === "applied" && isMeant(plan));
  return [...applied].sort((a, b) => appliedAt(b).localeCompare(appliedAt(a)))[0];
}

const appliedAt = ({ state, createdAt }: PlanSummary): string =>
  state.kind === "applied" ? state.at : createdAt;

/** Those who asked for it, or approved what was applied. */
export function peopleBehind({ requester, approvals, revision, state }: PlanSummary): readonly Person[] {
  const approvers = approvals.filter((approval) => approval.revision === revision).map(({ by }) => by);
  return [requester, ...approvers, ...(state.kind === "applied" ? [state.by] : [])];
}

/** Whether a person may be meant by what was typed: a name or some words of it, or the object id. */
export function mayBeCalled({ id, name }: Person, typed: string): boolean {
  const words = wordsIn(name);
  return typed.toLowerCase() === id || wordsIn(typed).every((word) => words.includes(word));
}

const wordsIn = (name: string): readonly string[] => name.normalize("NFKC").toLowerCase().split(/\s+/u);

/** The plans a person asked for, newest first. @throws Fault */
export async function plansAskedBy(
  { plans }: Kept,
  { tenantId }: Pick<Rules, "tenantId">,
  person: PersonId,
): Promise<readonly PlanSummary[]> {
  return (await plans.latest(tenantId, LOOKED_AT)).filter(({ requester }) => requester.id === person);
}
