import { whyNotApprover } from "../access/standing.js";
import { applyPlan } from "../apply/apply-plan.js";
import { reopenAfterAttempt } from "../apply/finish.js";
import { failed, notWritten } from "../apply/not-written.js";
import { orFault } from "../apply/or-fault.js";
import { outcomeRecorded } from "../apply/outcome-recorded.js";
import { isYoung, type PolicyReading, readForWrite } from "../apply/policy-reading.js";
import { laterOn, type ToBePutOff, waitPutOff } from "../apply/put-off.js";
import { Fault, type Refusal, refuse } from "../errors.js";
import type { Decided } from "../plan/close-plan.js";
import { refuseClosed } from "../plan/open-plan.js";
import type { Plan } from "../plan/plan.js";
import type { PolicyWriter } from "../ports/acting.js";
import { type Moment, moment } from "../ports/moment.js";
import type { Ports, Rules } from "../ports.js";
import { heldTo, standingApprovals } from "./approval-rules.js";
import type { Approving } from "./approving.js";
import { intend } from "./intend-write.js";
import { judgeAgain, type NotEnough } from "./judge-again.js";

/** A write that this press has in hand. */
interface Sending {
  readonly approving: Approving;
  readonly writer: PolicyWriter;
  readonly pressed: Moment;
  /** Ids of its requests. */
  readonly held: string[];
}

/**
 * Waits as Graph asks, with the plan kept as it is, and then looks at everything, records and sends anew; as often as
 * Graph puts it off and the time of the press lasts. A person who ends the plan meanwhile is first.
 * @param times how often it was put off before
 */
export async function sendLater(
  ports: Ports,
  ofNow: Rules,
  sending: Sending,
  { plan, reason }: { readonly plan: Plan; readonly reason: ToBePutOff },
  times = 0,
): Promise<Refusal | Decided> {
  const { approving, writer, pressed, held } = sending;
  const limits = { pressed, rightsEnd: writer.rightsEnd, times };
  const waited = await outcomeRecorded(ports, plan, {}, () => waitPutOff(ports, plan, reason, limits));
  if ("kind" in waited) return waited;
  const again = (later: ToBePutOff, as: Plan) =>
    sendLater(ports, ofNow, sending, { plan: as, reason: later }, times + 1);

  const reading = await readWithRoles(ports, ofNow, approving);
  const later = whyLater(reading, moment(ports.clock));
  if (later) return again(later, waited);
  if (reading.policy instanceof Fault) return notWritten(ports, waited, failed(reading.policy));
  const intended = moment(ports.clock);
  // The emergency accounts as well: who is one, and what they have, may have changed.
  const judged = await orFault(judgeAgain(ports, ofNow, { ...approving, emergencyAccounts: [] }));
  if (judged instanceof Fault) {
    const reason = laterOn(judged);
    return reason ? again(reason, waited) : notWritten(ports, waited, failed(judged));
  }
  if (judged.kind !== "enough") return noLonger(ports, waited, judged);
  const begun = await intend(ports, waited, { approving, approvals: judged.approvals, held });
  if (begun === "overtaken") return asItIs(ports, waited);
  if (begun.kind === "refusal") return begun;
  const applied = await applyPlan(ports, ofNow, { ...begun, writer, intended, reading });
  return applied.kind === "to-be-put-off" ? again(applied, begun.plan) : applied;
}

/** The policy; and beside it the roles, which {@link judgeAgain} then has already. */
async function readWithRoles(ports: Ports, ofNow: Rules, { plan, click }: Approving): Promise<PolicyReading> {
  const rules = heldTo(plan, ofNow);
  // A failure is told to those who ask to decide.
  whyNotApprover(ports, rules, click.person.id).catch(() => {});
  standingApprovals(ports, rules, plan).catch(() => {});
  return readForWrite(ports, plan.tenantId);
}

/** Why the policy as it was read is none to write by, where a later one may be. */
function whyLater(reading: PolicyReading, current: Moment): ToBePutOff | undefined {
  if (reading.policy instanceof Fault) return laterOn(reading.policy);
  if (isYoung(reading, current)) return undefined;
  return { kind: "to-be-put-off", fault: "graph-too-slow", why: "Graph took too long to read the policy." };
}

/** What decides over the plan changed while it was put off: it is open again, and nothing is written. */
async function noLonger(ports: Ports, plan: Plan, judged: Refusal | NotEnough): Promise<Refusal | Decided> {
  const why = "What decides over this approval changed while Graph had Latchkey wait.";
  const open = await reopenAfterAttempt(ports, plan, { why });
  return judged.kind === "refusal" ? judged : { kind: "decided", plan: open };
}

/** The plan, which is another's by now: ended by a person, or opened again by a process that took this one for gone. */
async function asItIs(ports: Ports, { tenantId, number: planNumber }: Plan): Promise<Refusal | Decided> {
  const plan = await ports.plans.find(tenantId, planNumber);
  if (plan === undefined) return refuse({ code: "unknown-plan", planNumber });
  return refuseClosed(plan, ports.clock.now()) ?? { kind: "decided", plan };
}
