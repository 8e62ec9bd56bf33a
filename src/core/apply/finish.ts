import type { FaultCode, WriteFaultCode } from "../errors.js";
import { asJson, canonicalJson, type Json, type JsonObject } from "../json.js";
import { type FoundPolicy, type Plan, type PlanState, type SeenInstead, writeOf } from "../plan/plan.js";
import { store, tryToStore } from "../plan/store-change.js";
import { move } from "../plan/transition.js";
import { diffPolicies } from "../policy/diff-policies.js";
import { withGivenIds } from "../policy/graph-made/given-ids.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { WriteResult } from "../ports/acting.js";
import type { Ports } from "../ports.js";
import { rebase } from "./baseline-after-plan.js";
import { readOthers } from "./other-writers.js";
import type { NotWanted } from "./read-back.js";
import { whatWasFound } from "./what-was-found.js";
import { isFromTheFuture } from "./write-window.js";

/**
 * Read back and found: the only way to "applied". Who else wrote meanwhile is asked afterwards, since no one has to wait
 * for it; an answer that names others is a change of the plan of its own.
 */
export async function finishApplied(
  ports: Ports,
  plan: Plan,
  found: {
    readonly requestId: string | undefined;
    /** The policy in which it was found. */
    readonly policy: JsonObject;
  },
): Promise<Plan> {
  const { by, clientRequestId } = writeOf(plan);
  const at = ports.clock.now().toISOString();
  const ids = idOf(found.requestId ?? earlierRequestId(plan));
  const beside = await besidePlan(ports, plan, found.policy);
  const state: PlanState = {
    kind: "applied",
    by,
    at,
    clientRequestId,
    otherWriters: beside?.writers ?? [],
    ...ids,
    ...(beside === undefined ? {} : { beside }),
  };
  const more =
    beside === undefined ? {} : { otherWriters: asJson(beside.writers), found: foundDetail(beside) };
  const applied = await store(ports, plan, {
    change: (current) => move(current, state),
    event: "write-verified",
    detail: { clientRequestId, requestId: ids.requestId ?? null, ...more },
    rebase: rebase({ plan, by, at, policy: found.policy }),
  });
  const isThisOne = applied.state.kind === "applied" && applied.state.clientRequestId === clientRequestId;
  if (isThisOne && beside === undefined) void addOtherWriters(ports, plan, applied);
  return applied;
}

/** Asks the audit log who else wrote, and adds them to the outcome; without others it stays as it is. Never throws. */
async function addOtherWriters(ports: Ports, written: Plan, applied: Plan): Promise<void> {
  try {
    const writers = await readOthers(ports, written);
    const { state } = applied;
    if (writers.length === 0 || state.kind !== "applied") return;
    await tryToStore(ports, applied, {
      change: (current) => move(current, { ...state, otherWriters: writers }),
      event: "other-writers-found",
      detail: { otherWriters: writers.map((writer) => ({ ...writer })) },
    });
  } catch (error) {
    ports.log.warn("other-writers-not-added", { plan: applied.number, error });
  }
}

/** What came back with what was asked for: Graph, or another writer, may have changed more than that. Then who wrote is asked first. */
async function besidePlan(ports: Ports, plan: Plan, policy: JsonObject): Promise<FoundPolicy | undefined> {
  const wanted = parsePolicy(withGivenIds(plan.proposal, policy));
  const differs = diffPolicies(wanted, parsePolicy(policy)).length > 0;
  return differs ? whatWasFound(ports, plan, policy) : undefined;
}

/** Graph said no for good. */
export async function finishRefused(
  ports: Ports,
  plan: Plan,
  result: Extract<WriteResult, { kind: "declined" }>,
): Promise<Plan> {
  const { by } = writeOf(plan);
  const at = ports.clock.now().toISOString();
  const { status, code, message } = result;
  const ids = idOf(result.requestId);
  const state: PlanState = { kind: "refused", by, at, status, message, ...ids };
  const detail = { status, code, message, ...ids };
  return store(ports, plan, { change: (current) => move(current, state), event: "write-refused", detail });
}

/** It may or may not have been written: people see that and what was found instead, and reading goes on. */
export async function finishUnknown(
  ports: Ports,
  plan: Plan,
  seen: NotWanted,
  requestId: string | undefined,
): Promise<Plan> {
  const { by, clientRequestId } = writeOf(plan);
  const ids = idOf(requestId ?? earlierRequestId(plan));
  const instead = await seenInstead(ports, plan, seen);
  const state: PlanState = {
    kind: "unknown",
    by,
    ...lostSight(ports, plan),
    clientRequestId,
    ...ids,
    ...instead,
  };
  if (canonicalJson(asJson(state)) === canonicalJson(asJson(plan.state))) return plan;
  const detail = { clientRequestId, ...ids, ...seenDetail(instead) };
  return store(ports, plan, { change: (current) => move(current, state), event: "write-unknown", detail });
}

/** An attempt that wrote nothing: open again in the same revision, without the approval of the person who tried. */
export async function reopenAfterAttempt(
  ports: Ports,
  plan: Plan,
  failure: {
    /** Left out: nothing failed, and it may no longer be written. */
    readonly fault?: FaultCode | WriteFaultCode;
    readonly why: string;
    readonly requestId?: string;
  },
): Promise<Plan> {
  const { by } = writeOf(plan);
  const at = ports.clock.now().toISOString();
  const approvals = plan.approvals.filter((approval) => approval.by.id !== by.id);
  const note = { kind: "attempt-failed", at, approver: by, ...failure } as const;
  const change = (current: Plan) => move(current, { kind: "waiting" }, { approvals, note });
  return store(ports, plan, { change, event: "attempt-failed", detail: { ...failure } });
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
  const ids = idOf(requestId);
  const note = { kind: why, at, approver: by, ...ids } as const;
  const change = (current: Plan) => ({
    ...move(current, { kind: "waiting" }, { approvals: [], note }),
    revision: current.revision + 1,
  });
  return store(ports, plan, { change, event: "write-without-effect", detail: { why, ...ids } });
}

/** From when on what was sent may still arrive for a while: from the first time that we did not know. */
function lostSight(ports: Pick<Ports, "clock" | "replicas">, { state }: Plan) {
  const { clock, replicas } = ports;
  // A clock that was far ahead would hold everybody up until it is that late.
  if (state.kind !== "unknown" || isFromTheFuture(ports, state)) {
    const lost = { replica: replicas.self, elapsed: clock.elapsed() };
    return { at: clock.now().toISOString(), lostSight: lost };
  }
  return { at: state.at, lostSight: state.lostSight };
}

function earlierRequestId({ state }: Plan): string | undefined {
  return state.kind === "unknown" ? state.requestId : undefined;
}

function idOf(requestId: string | undefined): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}

async function seenInstead(ports: Ports, plan: Plan, seen: NotWanted): Promise<SeenInstead> {
  if (seen.kind !== "something-else") return { seen: seen.kind };
  return { seen: seen.kind, found: await whatWasFound(ports, plan, seen.policy) };
}

function seenDetail(instead: SeenInstead): JsonObject {
  if (instead.seen !== "something-else") return { seen: instead.seen };
  return {
    seen: instead.seen,
    found: foundDetail(instead.found),
    otherWriters: asJson(instead.found.writers),
  };
}

/** People by their ids: a record keeps no names. */
function foundDetail({ policy, sinceBefore, besideWanted, losing }: FoundPolicy): Json {
  const who = losing?.kind === "by-scan" ? { ...losing, losing: losing.losing.map(({ id }) => id) } : losing;
  return asJson({ policy, sinceBefore, besideWanted, ...(who === undefined ? {} : { losing: who }) });
}
