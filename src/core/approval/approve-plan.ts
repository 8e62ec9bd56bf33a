import { type SignInDemand, unmetDemands } from "../access/sign-in-demands.js";
import { applyPlan } from "../apply/apply-plan.js";
import { type PolicyReading, readPatiently } from "../apply/policy-reading.js";
import { settleOwnPlan } from "../apply/settle-own-plan.js";
import { anotherMayStillArrive } from "../apply/tenant-busy.js";
import { type Refusal, refuse } from "../errors.js";
import { UserAssertion } from "../person.js";
import type { Decided } from "../plan/close-plan.js";
import { countChange } from "../plan/count-change.js";
import { type Click, findDecidable, refuseClosed } from "../plan/open-plan.js";
import type { Approval, Plan } from "../plan/plan.js";
import { planEntry } from "../plan/plan-entry.js";
import { refuseAltered } from "../plan/recorded/refuse-altered.js";
import { refuseOnAlteredScan } from "../plan/recorded/refuse-altered-scan.js";
import { move } from "../plan/transition.js";
import { patchBody } from "../policy/patch-body.js";
import type { PolicyWriter, SignedIn } from "../ports/acting.js";
import { moment } from "../ports/moment.js";
import type { Ports, Rules } from "../ports.js";
import { approvalsNeeded, heldTo, refuseApproval, standingApprovals } from "./approval-rules.js";
import { askForAll, type BegunApproval, refuseEmergencyDanger } from "./begin-approval.js";

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

interface Approving {
  readonly plan: Plan;
  readonly approval: Approval;
  readonly click: Click;
  /** Those that were looked up before the sign-in. */
  readonly emergencyAccounts: readonly string[];
}
/** Another person or process changed the plan between reading and storing it. */
type Overtaken = "overtaken";

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
  return write(ports, rules, approving, { writer: signedIn.writer, reading: await begun.reading });
}

/** One of several approvals: recorded, and the plan goes on waiting. */
async function countApproval(
  ports: Ports,
  plan: Plan,
  approvals: readonly Approval[],
  { approval, click }: Pick<Approving, "approval" | "click">,
): Promise<Refusal | Decided | Overtaken> {
  const next = move(plan, plan.state, { approvals, ...(plan.note ? { note: plan.note } : {}) });
  const stored = await ports.plans.replace(next, [approvedEntry(ports, plan, { approval, click })]);
  if (stored.kind === "altered") return refuseAltered(ports, plan, stored.why);
  if (stored.kind !== "replaced") return "overtaken";
  await ports.announcer.planChanged(stored.plan);
  return { kind: "decided", plan: stored.plan };
}

async function write(
  ports: Ports,
  ofNow: Rules,
  approving: Approving,
  { writer, reading: first }: { readonly writer: PolicyWriter; readonly reading: PolicyReading },
): Promise<Refusal | Decided | Overtaken> {
  const { plan, approval, click } = approving;
  if (await anotherMayStillArrive(ports, plan))
    return refuse({ code: "tenant-busy", planNumber: plan.number });
  // Read while nothing is locked, so that a Graph that takes its time does not use up the time to send.
  const reading = await readPatiently(ports, plan.tenantId, first);
  // Before everything that is judged once more: how long that takes counts, too.
  const intended = moment(ports.clock);
  const judged = await judgeAgain(ports, ofNow, approving);
  if ("kind" in judged) return judged;
  const { approvals, areEnough } = judged;
  if (!areEnough) return countApproval(ports, plan, approvals, approving);
  const now = ports.clock.now();
  // To sign in takes a while: nothing is written of a plan whose time is up by now.
  const closed = refuseClosed(plan, now);
  if (closed) return closed;
  const at = now.toISOString();
  const clientRequestId = ports.clock.newId();
  const body = patchBody(plan.proposal.before, plan.proposal.after);
  const { self: replica } = ports.replicas;
  const state = { kind: "applying", by: click.person, at, clientRequestId, replica } as const;
  const applying = move(plan, state, { approvals });
  ports.inHand.add(clientRequestId);
  try {
    // Intent before the write, in the transaction that locks the plan: without the record there is no write.
    const stored = await ports.plans.replace(applying, [
      approvedEntry(ports, plan, { approval, click }),
      planEntry(plan, "write-intended", at, {
        by: click.person,
        conversation: click.conversation,
        detail: { clientRequestId, body, fingerprint: plan.proposal.fingerprint },
      }),
    ]);
    if (stored.kind === "busy") return refuse({ code: "tenant-busy", planNumber: plan.number });
    if (stored.kind === "altered") return refuseAltered(ports, plan, stored.why);
    if (stored.kind === "conflict") return "overtaken";
    countChange(ports, plan, stored.plan);
    // Not awaited: people may see "applying", but the write does not wait for Teams. The announcer never rejects.
    void ports.announcer.planChanged(stored.plan);
    const [intent] = stored.records;
    if (intent === undefined) throw new Error("an intent was stored without its record");
    return await applyPlan(ports, ofNow, { plan: stored.plan, writer, body, intended, reading, intent });
  } finally {
    ports.inHand.delete(clientRequestId);
    // Not awaited: the person who pressed hears of a failure now.
    void settleOwnPlan(ports, plan);
  }
}

/** To sign in takes a while, in which rules, roles and other processes may have changed: all of it is looked at again. */
async function judgeAgain(
  ports: Ports,
  ofNow: Rules,
  { plan, approval, click, emergencyAccounts }: Approving,
): Promise<Refusal | { readonly approvals: readonly Approval[]; readonly areEnough: boolean }> {
  await ports.replicas.lookAtRules();
  const rules = heldTo(plan, ofNow);
  const refusal = await refuseApproval(ports, rules, plan, click.person);
  if (refusal) return refusal;
  const unmet = unmetDemands(rules.signInDemands, approval.signIn);
  if (unmet.length > 0) return refuse({ code: "sign-in-too-weak", unmet });
  // To look accounts up may take long, so only those that have been named since.
  const named = rules.emergencyAccounts.filter((id) => !emergencyAccounts.includes(id));
  const danger = await refuseEmergencyDanger(ports, { ...rules, emergencyAccounts: named }, plan);
  if (danger) return danger;
  const approvals = await approvalsWith(ports, rules, plan, approval);
  return { approvals, areEnough: approvals.length >= approvalsNeeded(plan, rules) };
}

/** The approvals that count by these rules, and this one: a person who presses again counts once. @throws Fault */
async function approvalsWith(
  ports: Ports,
  rules: Rules,
  plan: Plan,
  approval: Approval,
): Promise<readonly Approval[]> {
  const standing = await standingApprovals(ports, rules, plan);
  return [...standing.filter(({ by }) => by.id !== approval.by.id), approval];
}

function approvedEntry(ports: Ports, plan: Plan, { approval, click }: Pick<Approving, "approval" | "click">) {
  const { signIn } = approval;
  return planEntry(plan, "plan-approved", ports.clock.now().toISOString(), {
    by: click.person,
    conversation: click.conversation,
    detail: {
      fingerprint: plan.proposal.fingerprint,
      shown: click.digest,
      ...(signIn === undefined ? {} : { signIn: { ...signIn } }),
    },
  });
}
