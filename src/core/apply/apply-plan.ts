import type { AuditRecord } from "../audit/record.js";
import { Fault, type FaultCode, type Refusal, refuse, type WriteFaultCode } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { Decided } from "../plan/close-plan.js";
import { planFingerprint } from "../plan/make-proposal.js";
import { type Plan, writeOf } from "../plan/plan.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import type { PolicyWriter, WriteResult } from "../ports/acting.js";
import { type Moment, moment } from "../ports/moment.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import { finishRefused, reopenAfterAttempt } from "./finish.js";
import { orFault } from "./or-fault.js";
import { planAgain } from "./plan-again.js";
import { type PolicyReading, standsFor } from "./policy-reading.js";
import { readUntilSettled, settleByReading } from "./settle.js";
import { anotherMayStillArrive } from "./tenant-busy.js";
import { maySend } from "./write-window.js";

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
 * @returns the plan with its outcome, or that nothing was written and the plan is open as before
 */
export async function applyPlan(
  ports: Ports,
  rules: Rules,
  { plan, writer, body, intended, reading, intent }: Application,
): Promise<Refusal | Decided> {
  // Once more, now that no other plan can begin: one that was being applied before may have become unknown.
  const busy = await orFault(anotherMayStillArrive(ports, plan));
  if (busy instanceof Fault) return notWritten(ports, plan, busy.code, busy.message, busy);
  if (busy)
    return notWritten(ports, plan, "graph-conflict", "The write of another plan may still arrive.", {});
  const isOfNow = reading.policy instanceof Fault || standsFor(reading, intent, moment(ports.clock));
  const now = isOfNow ? reading.policy : await orFault(ports.tenant.readPolicy());
  if (now instanceof Fault) return notWritten(ports, plan, now.code, now.message, now);
  const scan = await orFault(latestScan(ports, plan));
  if (scan instanceof Fault) return notWritten(ports, plan, scan.code, scan.message, scan);
  if (planFingerprint(now, scan) !== plan.proposal.fingerprint) {
    return { kind: "decided", plan: await planAgain(ports, rules, plan, now) };
  }
  const { clientRequestId } = writeOf(plan);
  // From here to the PATCH nothing is awaited: another process may be about to take this write for lost.
  if (!maySend(intended, moment(ports.clock))) {
    ports.log.warn("write-too-late", { plan: plan.number, clientRequestId });
    return notWritten(ports, plan, "too-late", "It took too long to get ready to send the change.", {});
  }
  const result = await writer.patchPolicy(body, clientRequestId);
  ports.log.info("policy-write-answered", { plan: plan.number, clientRequestId, ...result });
  try {
    return await afterWrite(ports, rules, plan, result);
  } catch (error) {
    if (!(error instanceof Fault) || !error.code.startsWith("store-")) throw error;
    ports.log.error("outcome-not-recorded", { plan: plan.number, clientRequestId, ...result, error });
    // A plan that was edited meanwhile is not shown as the outcome.
    const stored = error.code === "store-unavailable" ? await asStored(ports, plan) : undefined;
    return stored ?? refuse({ code: "outcome-not-recorded", planNumber: plan.number });
  }
}

/** A store that fails may have kept the outcome all the same: then it is shown. */
async function asStored(ports: Ports, plan: Plan): Promise<Decided | undefined> {
  const stored = await orFault(ports.plans.find(plan.tenantId, plan.number));
  if (stored === undefined || stored instanceof Fault || stored.state.kind === "applying") return undefined;
  await ports.announcer.planChanged(stored);
  return { kind: "decided", plan: stored };
}

async function afterWrite(
  ports: Ports,
  rules: Rules,
  plan: Plan,
  result: WriteResult,
): Promise<Refusal | Decided> {
  if (result.kind !== "declined")
    return { kind: "decided", plan: await readUntilSettled(ports, plan, result) };
  switch (result.status) {
    case 401:
      return notWritten(ports, plan, "write-unauthorized", result.message, result);
    case 403:
      return notWritten(ports, plan, "write-denied", result.message, result);
    case 429:
      return notWritten(ports, plan, "write-throttled", result.message, result);
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

/** 503 should mean "not done", but a reading costs little and a wrong guess costs a second write. */
async function afterUnavailable(ports: Ports, plan: Plan, result: Declined): Promise<Refusal | Decided> {
  const settled = await settleByReading(ports, plan);
  if (settled.kind === "in-force") return { kind: "decided", plan: settled.plan };
  return notWritten(ports, plan, "write-unavailable", result.message, result);
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
    return notWritten(ports, plan, "write-conflict", result.message, result);
  }
  return { kind: "decided", plan: await planAgain(ports, rules, plan, now) };
}

/** Nothing was written: the plan is open as before, and the person who pressed learns why. */
async function notWritten(
  ports: Ports,
  plan: Plan,
  fault: FaultCode | WriteFaultCode,
  why: string,
  ids: { readonly requestId?: string | undefined; readonly retryAfterSeconds?: number | undefined },
): Promise<Refusal> {
  await reopenAfterAttempt(ports, plan, {
    fault,
    why,
    ...(ids.requestId ? { requestId: ids.requestId } : {}),
  });
  return refuse({
    code: "not-written",
    planNumber: plan.number,
    fault,
    ...(ids.requestId ? { requestId: ids.requestId } : {}),
    ...(ids.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: ids.retryAfterSeconds }),
  });
}

/** The scan a plan that narrows has to rest on; undefined for one that does not narrow, and when there is none. */
async function latestScan(ports: Pick<Ports, "scans">, plan: Plan): Promise<Inventory | undefined> {
  return plan.proposal.impact.narrows ? ports.scans.latest(plan.tenantId) : undefined;
}
