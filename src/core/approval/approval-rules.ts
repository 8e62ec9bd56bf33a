import { refuseApprover } from "../access/standing.js";
import { type Refusal, refuse } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import { isRequester, type Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

/** A button somebody pressed. The person is the verified sender, never what the payload says. */
export interface Click {
  readonly planNumber: number;
  readonly revision: number;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** The plan a click is about, if it can still be decided in this revision. @throws Fault */
export async function findDecidable(
  ports: Pick<Ports, "plans" | "clock">,
  rules: Rules,
  click: Pick<Click, "planNumber"> & { readonly revision?: number },
): Promise<Plan | Refusal> {
  const plan = await ports.plans.find(rules.tenantId, click.planNumber);
  if (!plan) return refuse({ code: "unknown-plan", planNumber: click.planNumber });
  const closed = refuseClosed(plan, ports.clock.now());
  if (closed) return closed;
  if (click.revision !== undefined && click.revision !== plan.revision) {
    return refuse({ code: "stale-revision", planNumber: plan.number, revision: plan.revision });
  }
  return plan;
}

/** Why this plan can no longer be decided; undefined while it is waiting and in time. */
export function refuseClosed(plan: Plan, now: Date): Refusal | undefined {
  const { state, number: planNumber } = plan;
  switch (state.kind) {
    case "waiting":
      return now.toISOString() >= plan.expiresAt
        ? refuse({ code: "plan-expired", planNumber, at: plan.expiresAt })
        : undefined;
    case "applying":
    case "unknown":
      return refuse({ code: "being-applied", planNumber, by: state.by });
    case "expired":
      return refuse({ code: "plan-expired", planNumber, at: state.at });
    case "superseded":
      return refuse({ code: "already-decided", planNumber, state: state.kind });
    default:
      return refuse({ code: "already-decided", planNumber, state: state.kind, by: state.by });
  }
}

/** Why this person may not approve this plan as it stands. undefined: they may. @throws Fault */
export async function refuseApproval(
  ports: Pick<Ports, "directory" | "clock">,
  rules: Rules,
  plan: Plan,
  person: Person,
): Promise<Refusal | undefined> {
  const planNumber = plan.number;
  if (isRequester(plan, person.id) && !rules.allowSelfApproval)
    return refuse({ code: "own-plan", planNumber });
  const standing = await refuseApprover(ports, rules, person.id);
  if (standing) return standing;
  const content = refuseContent(plan, rules, ports.clock.now());
  if (content) return content;
  const valid = validApprovals(plan);
  const missing = approvalsNeeded(plan, rules) - valid.length;
  // With enough approvals there, the last one to press may try again: it takes a token to write.
  if (missing > 0 && valid.some((approval) => approval.by.id === person.id)) {
    return refuse({ code: "already-approved", planNumber, missing });
  }
  return undefined;
}

/** What the plan would do, judged by the rules of today: they may have changed since it was made. */
function refuseContent(plan: Plan, rules: Rules, now: Date): Refusal | undefined {
  const { losing, keepingAnother } = plan.proposal.impact;
  const people = [...losing, ...keepingAnother].filter((person) =>
    rules.emergencyAccounts.includes(person.id),
  );
  return people.length > 0
    ? refuse({ code: "emergency-account-cut-off", people })
    : refuseScan(plan, rules, now);
}

/** How many approvals a plan needs: as many as when it was made, or as many as today if that is more. */
export function approvalsNeeded(plan: Plan, rules: Rules): number {
  return Math.max(plan.approvalsRequired, rules.approvalsRequired);
}

/** A scan from further in the future than this, in milliseconds, was made by a clock that was wrong. */
const CLOCK_SKEW = 60_000;

/** A plan that narrows rests on its scan: it has to be complete, and what happened since it began not too long. */
export function refuseScan(plan: Plan, rules: Rules, now: Date): Refusal | undefined {
  const { narrows, coverage } = plan.proposal.impact;
  if (!narrows) return undefined;
  const planNumber = plan.number;
  if (!coverage.complete) return refuse({ code: "scan-needed", planNumber, why: "incomplete" });
  const age = now.getTime() - Date.parse(coverage.from);
  // Asked this way round, so that an age nobody can tell counts as too old.
  const fresh = age >= -CLOCK_SKEW && age <= rules.scanMaxAgeHours * 3_600_000;
  return fresh ? undefined : refuse({ code: "scan-needed", planNumber, why: "too-old" });
}

/** Approvals that count towards a write now: by the rules of today, and those people have to be approvers still. @throws Fault */
export async function standingApprovals(
  ports: Pick<Ports, "directory">,
  rules: Rules,
  plan: Plan,
): Promise<Plan["approvals"]> {
  const valid = validApprovals(plan).filter(
    (approval) => rules.allowSelfApproval || !isRequester(plan, approval.by.id),
  );
  const refused = await Promise.all(valid.map((approval) => refuseApprover(ports, rules, approval.by.id)));
  return valid.filter((_, at) => refused[at] === undefined);
}

/** Approvals of the revision that is shown, one for each person. */
export function validApprovals(plan: Pick<Plan, "approvals" | "revision">): Plan["approvals"] {
  const current = plan.approvals.filter((approval) => approval.revision === plan.revision);
  return current.filter(
    (approval, at) => current.findIndex((other) => other.by.id === approval.by.id) === at,
  );
}
