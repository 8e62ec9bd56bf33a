import { unmetDemands } from "../access/sign-in-demands.js";
import { whyNotApprover } from "../access/standing.js";
import { type PolicyReading, readForWrite } from "../apply/policy-reading.js";
import type { Refusal } from "../errors.js";
import { protectedPeople, refuseEmergencyLoss } from "../impact/emergency-accounts.js";
import { UserAssertion } from "../person.js";
import { type Click, findDecidable } from "../plan/open-plan.js";
import type { Plan } from "../plan/plan.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { SignedIn, SignInFailed } from "../ports/acting.js";
import type { Ports, Rules } from "../ports.js";
import { approvalsNeeded, heldTo, standingApprovals, validApprovals } from "./approval-rules.js";

/** What a write takes from outside. Nothing is decided by asking: each answer is waited for where it decides. */
export interface BegunApproval {
  /** Of the plan that it is for. */
  readonly version: number;
  readonly signedIn: Promise<SignedIn | SignInFailed>;
  readonly reading: Promise<PolicyReading>;
  readonly danger: Promise<Refusal | undefined>;
}

/**
 * Asks side by side for all that an approval takes from outside, so that the person waits for one answer and not for
 * one after the other: the roles, the exchange of the token, the policy. The exchange writes nothing, and a writer that
 * the rules then refuse is dropped.
 * @returns undefined when the press could not write as things stand
 * @throws Fault when the store cannot be read
 */
export async function beginApproval(
  ports: Ports,
  ofNow: Rules,
  click: Click,
  proof: UserAssertion | SignedIn,
): Promise<BegunApproval | undefined> {
  const plan = await findDecidable(ports, ofNow, click);
  if ("kind" in plan) return undefined;
  await ports.replicas.lookAtRules();
  return askForAll(ports, heldTo(plan, ofNow), { plan, click }, proof);
}

/** The same for a plan that was found. */
export function askForAll(
  ports: Ports,
  rules: Rules,
  { plan, click }: { readonly plan: Plan; readonly click: Click },
  proof: UserAssertion | SignedIn,
): BegunApproval | undefined {
  if (!mayWrite(rules, plan, click, proof)) return undefined;
  // Shared by those who ask for it to decide.
  begun(whyNotApprover(ports, rules, click.person.id));
  begun(standingApprovals(ports, rules, plan));
  return {
    version: plan.version,
    signedIn: begun(proof instanceof UserAssertion ? ports.actAs.onBehalfOf(proof) : Promise.resolve(proof)),
    reading: begun(readForWrite(ports, plan.tenantId)),
    danger: begun(refuseEmergencyDanger(ports, rules, plan)),
  };
}

/** Whether this press may be the last that the plan needs, by what is known without asking. */
function mayWrite(rules: Rules, plan: Plan, { person }: Click, proof: UserAssertion | SignedIn): boolean {
  const carried = proof instanceof UserAssertion ? undefined : proof.carried;
  if (unmetDemands(rules.signInDemands, carried).length > 0) return false;
  const others = validApprovals(plan).filter(({ by }) => by.id !== person.id);
  return others.length + 1 >= approvalsNeeded(plan, rules);
}

/** By whom the installation protects, and what they have, at this moment. @throws Fault when that cannot be looked up */
export async function refuseEmergencyDanger(
  ports: Ports,
  rules: Rules,
  { proposal }: Plan,
): Promise<Refusal | undefined> {
  const change = { before: parsePolicy(proposal.before), after: parsePolicy(proposal.after) };
  const guarded = await protectedPeople(ports, rules, change);
  return "kind" in guarded ? guarded : refuseEmergencyLoss(ports, guarded, change);
}

/** A failure is for who waits for it, and a refusal that comes first may leave no one who does. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => {});
  return work;
}
