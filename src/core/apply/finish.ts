import { move } from "../approval/transition.js";
import { planEntry } from "../audit/plan-detail.js";
import type { AuditEntry, AuditEvent } from "../audit/record.js";
import type { FaultCode } from "../errors.js";
import type { JsonObject } from "../json.js";
import { type OtherWriter, type Plan, type PlanState, writeOf } from "../plan/plan.js";
import type { Ports, WriteResult } from "../ports.js";

/** Read back and found: the only way to "applied". */
export async function finishApplied(
  ports: Ports,
  plan: Plan,
  found: { readonly requestId: string | undefined; readonly writers: readonly OtherWriter[] },
): Promise<Plan> {
  const sent = writeOf(plan);
  const { by, clientRequestId } = sent;
  const at = ports.clock.now().toISOString();
  const requestId = found.requestId ?? (sent.kind === "unknown" ? sent.requestId : undefined);
  const state: PlanState = {
    kind: "applied",
    by,
    at,
    clientRequestId,
    otherWriters: found.writers,
    ...(requestId === undefined ? {} : { requestId }),
  };
  const detail = {
    clientRequestId,
    requestId: requestId ?? null,
    otherWriters: found.writers.map((writer) => ({ ...writer })),
  };
  return store(ports, plan, move(plan, state), "write-verified", detail);
}

/** Graph said no for good. */
export async function finishRefused(
  ports: Ports,
  plan: Plan,
  result: Extract<WriteResult, { kind: "declined" }>,
): Promise<Plan> {
  const { by } = writeOf(plan);
  const at = ports.clock.now().toISOString();
  const { status, code, message, requestId } = result;
  const ids = requestId === undefined ? {} : { requestId };
  const state: PlanState = { kind: "refused", by, at, status, message, ...ids };
  return store(ports, plan, move(plan, state), "write-refused", { status, code, message, ...ids });
}

/** It may or may not have been written: people see that, and reading goes on. */
export async function finishUnknown(
  ports: Ports,
  plan: Plan,
  seen: "before" | "something-else" | "nothing",
  requestId: string | undefined,
): Promise<Plan> {
  const sent = writeOf(plan);
  const { by, clientRequestId } = sent;
  const at = sent.kind === "unknown" ? sent.at : ports.clock.now().toISOString();
  const ids = requestId === undefined ? {} : { requestId };
  const state: PlanState = { kind: "unknown", by, at, clientRequestId, seen, ...ids };
  return store(ports, plan, move(plan, state), "write-unknown", { seen, clientRequestId, ...ids });
}

/** An attempt that wrote nothing: open again in the same revision, without the approval of the person who tried. */
export async function reopenAfterAttempt(
  ports: Ports,
  plan: Plan,
  failure: { readonly fault: FaultCode; readonly why: string; readonly requestId?: string },
): Promise<Plan> {
  const { by } = writeOf(plan);
  const at = ports.clock.now().toISOString();
  const approvals = plan.approvals.filter((approval) => approval.by.id !== by.id);
  const { fault, why, ...ids } = failure;
  const note = { kind: "attempt-failed", at, approver: by, why, ...ids } as const;
  const next = move(plan, { kind: "waiting" }, { approvals, note });
  return store(ports, plan, next, "attempt-failed", { fault, why, ...ids });
}

/**
 * Something was sent and reading shows that nothing changed. Open again as a new revision: what was approved
 * was used up, so it has to be approved anew.
 */
export async function reopenRevised(
  ports: Ports,
  plan: Plan,
  why: "no-effect" | "not-written-after-all",
  requestId?: string,
): Promise<Plan> {
  const { by } = writeOf(plan);
  const at = ports.clock.now().toISOString();
  const ids = requestId === undefined ? {} : { requestId };
  const note = { kind: why, at, approver: by, ...ids } as const;
  const next = { ...move(plan, { kind: "waiting" }, { approvals: [], note }), revision: plan.revision + 1 };
  return store(ports, plan, next, "write-without-effect", { why, ...ids });
}

/** Stores the outcome with its record and shows it. The plan is ours while it is applying, so a conflict is somebody settling it too. */
export async function store(
  ports: Ports,
  plan: Plan,
  next: Plan,
  event: AuditEvent,
  detail: JsonObject,
): Promise<Plan> {
  const by = "by" in plan.state ? plan.state.by : undefined;
  const record: AuditEntry = planEntry(plan, event, ports.clock.now().toISOString(), {
    ...(by === undefined ? {} : { by }),
    detail,
  });
  const stored = await ports.plans.replace(next, [record]);
  if (stored.kind !== "replaced") {
    ports.log.warn("outcome-already-stored", { plan: plan.number, event, outcome: stored.kind });
    return (await ports.plans.find(plan.tenantId, plan.number)) ?? plan;
  }
  const { requestId = null, clientRequestId = null } = detail;
  ports.log.info(event, { plan: plan.number, revision: next.revision, requestId, clientRequestId });
  await ports.announcer.planChanged(stored.plan);
  return stored.plan;
}
