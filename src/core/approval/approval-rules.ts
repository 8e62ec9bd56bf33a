import { unmetDemands } from "../access/sign-in-demands.js";
import { whyNotApprover } from "../access/standing.js";
import { asStrictAs } from "../access/strictest-rules.js";
import { type Refusal, refuse } from "../errors.js";
import type { Person } from "../person.js";
import { refuseScan } from "../plan/open-plan.js";
import { type Approval, isRequester, type Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

/** The rules a plan is held to: those of now, and those it was made under where they were stricter. */
export function heldTo(plan: Pick<Plan, "rules">, ofNow: Rules): Rules {
  return plan.rules === undefined ? ofNow : asStrictAs(ofNow, [plan.rules]);
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
  const standing = await whyNotApprover(ports, rules, person.id);
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
export function approvalsNeeded(
  plan: Pick<Plan, "approvalsRequired">,
  rules: Pick<Rules, "approvalsRequired">,
): number {
  return Math.max(plan.approvalsRequired, rules.approvalsRequired);
}

/** Approvals that count towards a write now: by the rules of today, and those people have to be approvers still. @throws Fault */
export async function standingApprovals(
  ports: Pick<Ports, "directory">,
  rules: Rules,
  plan: Plan,
): Promise<Plan["approvals"]> {
  const valid = validApprovals(plan).filter(
    (approval) =>
      (rules.allowSelfApproval || !isRequester(plan, approval.by.id)) &&
      unmetDemands(rules.signInDemands, approval.signIn).length === 0,
  );
  const refused = await Promise.all(valid.map((approval) => whyNotApprover(ports, rules, approval.by.id)));
  return valid.filter((_, at) => refused[at] === undefined);
}

/** The approvals that count by these rules, and this one: a person who presses again counts once. @throws Fault */
export async function approvalsWith(
  ports: Pick<Ports, "directory">,
  rules: Rules,
  plan: Plan,
  approval: Approval,
): Promise<readonly Approval[]> {
  const standing = await standingApprovals(ports, rules, plan);
  return [...standing.filter(({ by }) => by.id !== approval.by.id), approval];
}

/** Approvals of the revision that is shown, one for each person. */
export function validApprovals(plan: Pick<Plan, "approvals" | "revision">): Plan["approvals"] {
  const current = plan.approvals.filter((approval) => approval.revision === plan.revision);
  return current.filter(
    (approval, at) => current.findIndex((other) => other.by.id === approval.by.id) === at,
  );
}
