import { type SignInDemand, unmetDemands } from "../access/sign-in-demands.js";
import { type Refusal, refuse } from "../errors.js";
import { UserAssertion } from "../person.js";
import type { Decided } from "../plan/close-plan.js";
import { type Click, findDecidable } from "../plan/open-plan.js";
import type { Approval, Plan, PlanNote } from "../plan/plan.js";
import { planEntry } from "../plan/plan-entry.js";
import { refuseAltered } from "../plan/recorded/refuse-altered.js";
import { refuseOnAlteredScan } from "../plan/recorded/refuse-altered-scan.js";
import { move } from "../plan/transition.js";
import type { SignedIn } from "../ports/acting.js";
import type { Ports, Rules } from "../ports.js";
import { approvalsNeeded, approvalsWith, heldTo, refuseApproval, validApprovals } from "./approval-rules.js";
import { type Approving, approvedEntry } from "./approving.js";
import { askForAll, type BegunApproval, refuseEmergencyDanger } from "./begin-approval.js";
import { type Overtaken, writeApproved } from "./write-approved.js";

/**
 * An approver says yes. The last approval that a plan needs also writes it, with that person's own rights.
 * @param proof the clicking person's verified token, or what signing in in a browser brought; without one the answer to a
 *   click that could go ahead is `sign-in-needed`
 * @param ports with the look-ups of this press ({@link sharedLookups}), or each of them is asked for again
 * @param before what was begun for this press already
 * @returns the plan as it stands afterwards, or why nothing was written
 * @throws Fault when standing or store cannot be read: nothing was written then
 */
export async function approvePlan(
  ports: Ports,
  ofNow: Rules,
  click: Click,
  proof?: UserAssertion | SignedIn,
  before?: BegunApproval,
): Promise<Refusal | SignInNeeded | Decided> {
  const plan = await findDecidable(ports, ofNow, click);
  if ("kind" in plan) return plan;
  await ports.replicas.lookAtRules();
  const rules = heldTo(plan, ofNow);
  const askAll = () => proof && askForAll(ports, rules, { plan, click }, proof);
  const begun = before?.version === plan.version ? before : askAll();
  const refusal = await refuseApproval(ports, rules, plan, click.person);
  if (refusal) return refusal;
  const carried = proof === undefined || proof instanceof UserAssertion ? undefined : proof.carried;
  const unmet = unmetDemands(rules.signInDemands, carried);
  if (!proof || (proof instanceof UserAssertion && unmet.length > 0))
    return { kind: "sign-in-needed", unmet };
  if (unmet.length > 0) return refuse({ code: "sign-in-too-weak", unmet });

  const danger =
    (await (begun?.danger ?? refuseEmergencyDanger(ports, rules, plan))) ??
    (await refuseOnAlteredScan(ports, plan));
  if (danger) return danger;

  const approval: Approval = {
    by: click.person,
    at: ports.clock.now().toISOString(),
    revision: plan.revision,
    conversation: click.conversation,
    ...(carried === undefined ? {} : { signIn: carried }),
  };
  const approvals = await approvalsWith(ports, rules, plan, approval);
  const { emergencyAccounts } = rules;
  const settled =
    begun === undefined || approvals.length < approvalsNeeded(plan, rules)
      ? await countApproval(ports, plan, approvals, { approval, click })
      : await signInAndWrite(ports, ofNow, { plan, approval, click, emergencyAccounts }, begun);
  if (settled !== "overtaken") return settled;
  // The plan was changed meanwhile. If that was only another approval, this one still counts.
  const now = await findDecidable(ports, ofNow, click);
  return "kind" in now ? now : approvePlan(ports, ofNow, click, proof);
}

/** Without a sign-in it goes no further. */
export interface SignInNeeded {
  readonly kind: "sign-in-needed";
  /** What Teams' own would not carry: it takes a browser. */
  readonly unmet: readonly SignInDemand[];
}

async function signInAndWrite(
  ports: Ports,
  rules: Rules,
  approving: Approving,
  begun: BegunApproval,
): Promise<Refusal | Decided | Overtaken> {
  const { plan, click } = approving;
  // The person's rights are fetched before anything is locked: a failed sign-in leaves the plan as it was.
  const signedIn = await begun.signedIn;
  if (signedIn.kind === "sign-in-failed") {
    const { kind: _, claims, ...failure } = signedIn;
    await ports.audit.append(
      planEntry(plan, "attempt-failed", ports.clock.now().toISOString(), {
        by: click.person,
        conversation: click.conversation,
        detail: { ...failure },
      }),
    );
    return refuse({ code: "sign-in-failed", ...failure, ...(claims === undefined ? {} : { claims }) });
  }
  const acting = { writer: signedIn.writer, reading: await begun.reading };
  const written = await writeApproved(ports, rules, approving, acting);
  if (written === "overtaken" || written.kind !== "not-enough") return written;
  return countApproval(ports, plan, written.approvals, approving);
}

/** One of several approvals: recorded, and the plan goes on waiting. */
async function countApproval(
  ports: Ports,
  plan: Plan,
  approvals: readonly Approval[],
  { approval, click }: Pick<Approving, "approval" | "click">,
): Promise<Refusal | Decided | Overtaken> {
  const note = noteOfDropped(plan, approvals, approval) ?? plan.note;
  const next = move(plan, plan.state, { approvals, ...(note ? { note } : {}) });
  const stored = await ports.plans.replace(next, [approvedEntry(ports, plan, { approval, click })]);
  if (stored.kind === "altered") return refuseAltered(ports, plan, stored.why);
  if (stored.kind !== "replaced") return "overtaken";
  await ports.announcer.planChanged(stored.plan);
  return { kind: "decided", plan: stored.plan };
}

/** The card counted them until now, so that it says why it counts them no more. */
function noteOfDropped(
  plan: Plan,
  approvals: readonly Approval[],
  { by: approver, at }: Approval,
): PlanNote | undefined {
  const people = validApprovals(plan)
    .map(({ by }) => by)
    .filter(({ id }) => approvals.every(({ by }) => by.id !== id));
  return people.length === 0 ? undefined : { kind: "approvals-dropped", at, approver, people };
}
