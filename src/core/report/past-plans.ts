import type { PersonId } from "../person.js";
import type { PlanSummary } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

/** So many of the last plans are looked at. */
const LOOKED_AT = 100;

type Kept = Pick<Ports, "plans">;

/** The plan that was applied last, by when that was. @throws Fault */
export async function lastApplied(
  { plans }: Kept,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<PlanSummary | undefined> {
  const applied = (await plans.latest(tenantId, LOOKED_AT)).filter(({ state }) => state.kind === "applied");
  return [...applied].sort((a, b) => appliedAt(b).localeCompare(appliedAt(a)))[0];
}

const appliedAt = ({ state, createdAt }: PlanSummary): string =>
  state.kind === "applied" ? state.at : createdAt;

/** The plans a person asked for, newest first. @throws Fault */
export async function plansAskedBy(
  { plans }: Kept,
  { tenantId }: Pick<Rules, "tenantId">,
  person: PersonId,
): Promise<readonly PlanSummary[]> {
  return (await plans.latest(tenantId, LOOKED_AT)).filter(({ requester }) => requester.id === person);
}
