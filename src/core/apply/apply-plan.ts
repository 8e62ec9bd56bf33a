import type { AuditRecord } from "../audit/record.js";
import { Fault, type Refusal, type WriteFaultCode } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { Decided } from "../plan/close-plan.js";
import { planFingerprint } from "../plan/make-proposal.js";
import { type Plan, writeOf } from "../plan/plan.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import type { PolicyWriter, WriteResult } from "../ports/acting.js";
import { type Moment, moment } from "../ports/moment.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import { finishRefused } from "./finish.js";
import { failed, notWritten } from "./not-written.js";
import { orFault } from "./or-fault.js";
import { outcomeRecorded } from "./outcome-recorded.js";
import { planAgain } from "./plan-again.js";
import { type PolicyReading, standsFor } from "./policy-reading.js";
import { laterOn, type ToBePutOff } from "./put-off.js";
import { readUntilSettled, settleByReading } from "./settle.js";
import { anotherMayStillArrive } from "./tenant-busy.js";
import { maySend, readingWithinMs } from "./write-window.js";

interface Application {
  /** In state applying. */
  readonly plan: Plan;
  readonly writer: PolicyWriter;
  readonly body: JsonObject;
  /** The moment before the intent was recorded. */
  readonly intended: Moment;
  /** The policy as it was read since the button was pressed. */
  readonly reading: PolicyReading;
  /** The first of the records that were stored with the intent. */
  readonly intent: AuditRecord;
}

/**
 * Compares the policy of this moment with what the plan was made from, writes once, and reads back.
 * @returns the plan with its outcome; that nothing was written and the plan is open as before; or that nothing was
 *   written, the plan is as it was given, and it may be sent again later
 */
export async function applyPlan(
  ports: Ports,
  rules: Rules,
  { plan, writer, body, intended, reading, intent }: Application,
): Promise<Refusal | Decided | ToBePutOff> {
  // Once more, now that no other plan can begin: one that was being applied before may have become unknown.
  const busy = await orFault(anotherMayStillArrive(ports, plan));
  if (busy instanceof Fault) return notWritten(ports, plan, failed(busy));
  if (busy)
    return notWritten(ports, plan, {
      fault: "graph-conflict",
      why: "The write of another plan may still arrive.",
    });
  const isOfNow = reading.policy instanceof Fault || standsFor(reading, intent, moment(ports.clock));
  const now = isOfNow ? reading.policy : await orFault(readInTime(ports, intended));
  if (now instanceof Fault)
    return (isOfNow ? undefined : laterOn(now)) ?? notWritten(ports, plan, failed(now));
  const scan = await orFault(latestScan(ports, plan));
  if (scan instanceof Fault) return notWritten(ports, plan, failed(scan));
  if (planFingerprint(now, scan) !== plan.proposal.fingerprint) {
    return { kind: "decided", plan: await planAgain(ports, rules, plan, now) };
  }
  const { clientRequestId } = writeOf(plan);
  // From here to the PATCH nothing is awaited: another process may be about to take this write for lost.
  if (!maySend(intended, moment(ports.clock))) {
    ports.log.warn("write-too-late", { plan: plan.number, clientRequestId });
    return notWritten(ports, plan, {
      fault: "too-late",
      why: "It took too long to get ready to send the change.",
    });
  }
  const result = await writer.patchPolicy(body, clientRequestId);
  ports.log.info("policy-write-answered", { plan: plan.number, clientRequestId, ...result });
  return outcomeRecorded(ports, plan, result, () => afterWrite(ports, rules, plan, result));
}

/** After the intent is stored there is little time: the reading has what is left of it, and no more. */
function readInTime({ tenant, clock }: Ports, intended: Moment): Promise<JsonObject> {
  return tenant.readPolicy({ withinMs: readingWithinMs(intended, moment(clock)) });
}

async function afterWrite(
  ports: Ports,
  rules: Rules,
  plan: Plan,
  result: WriteResult,
): Promise<Refusal | Decided | ToBePutOff> {
  if (result.kind !== "declined")
    return { kind: "decided", plan: await readUntilSettled(ports, plan, result) };
  switch (result.status) {
    case 401:
      return notWritten(ports, plan, declined("write-unauthorized", result));
    case 403:
      return notWritten(ports, plan, declined("write-denied", result));
    case 429:
      return { kind: "to-be-put-off", ...declined("write-throttled", result) };
    case 503:
      return afterUnavailable(ports, plan, result);
    case 409:
    case 412:
      return afterConflict(ports, rules, plan, result);
    default:
      return { kind: "decided", plan: await finishRefused(ports, plan, result) };
  }
}

type Declined = Extract<WriteResult, { kind: "declined" }>;

function declined<Code extends WriteFaultCode>(fault: Code, answer: Declined) {
  const { message: why, requestId, retryAfterSeconds, claims } = answer;
  return { fault, why, requestId, retryAfterSeconds, claims };
}

/** 503 should mean "not done", but a reading costs little and a wrong guess costs a second write. */
async function afterUnavailable(ports: Ports, plan: Plan, result: Declined): Promise<Refusal | Decided> {
  const settled = await settleByReading(ports, plan);
  if (settled.kind === "in-force") return { kind: "decided", plan: settled.plan };
  return notWritten(ports, plan, declined("write-unavailable", result));
}

/** Another writer was at it in the same moment: plan again on the policy as it is now. */
async function afterConflict(
  ports: Ports,
  rules: Rules,
  plan: Plan,
  result: Declined,
): Promise<Refusal | Decided> {
  const now = await orFault(ports.tenant.readPolicy());
  if (now instanceof Fault || policyFingerprint(now) === policyFingerprint(plan.proposal.before)) {
    return notWritten(ports, plan, declined("write-conflict", result));
  }
  return { kind: "decided", plan: await planAgain(ports, rules, plan, now) };
}

/** The scan a plan that narrows has to rest on; undefined for one that does not narrow, and when there is none. */
async function latestScan(ports: Pick<Ports, "scans">, plan: Plan): Promise<Inventory | undefined> {
  return plan.proposal.impact.narrows ? ports.scans.latest(plan.tenantId) : undefined;
}
