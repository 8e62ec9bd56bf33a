import type { RequestRecord } from "../../simulators/graph/request-log.js";
import { verifyChain } from "../../src/core/audit/chain.js";
import type { AuditEvent, AuditRecord } from "../../src/core/audit/record.js";
import type { Stored } from "./fault-database.js";

/** Everything that can be seen from outside. */
export interface Evidence {
  readonly stored: Stored;
  /** Every attempt to write, as Graph saw it. */
  readonly patches: readonly RequestRecord[];
  /** Those of them that took effect, as the tenant saw it. */
  readonly effective: readonly RequestRecord[];
  readonly approvalsRequired: number;
  /** How far the bot's clock was off at most, in milliseconds. */
  readonly clockOff?: number;
}

/** Empty lists when everything is as it has to be. */
export interface Verdict {
  readonly doubleWrites: readonly string[];
  readonly recordsLost: readonly string[];
  readonly plansStuck: readonly string[];
  /** Other rules that were broken: who approved, what was said about it. */
  readonly broken: readonly string[];
}

/** Nothing is wrong. */
export const INTACT: Verdict = { doubleWrites: [], recordsLost: [], plansStuck: [], broken: [] };

/** What may be recorded about a write that was intended. */
const OUTCOMES: ReadonlySet<AuditEvent> = new Set([
  "write-verified",
  "write-refused",
  "write-unknown",
  "write-without-effect",
  "write-put-off",
  "attempt-failed",
  "plan-revised",
  "plan-superseded",
]);

/** Judges by what Graph and the tenant saw and by what is stored: nothing the bot says is believed. */
export function judge(evidence: Evidence): Verdict {
  const intents = evidence.stored.records.filter((record) => record.event === "write-intended");
  return {
    doubleWrites: doubleWrites(evidence, intents),
    recordsLost: [...recordsLost(evidence, intents), ...brokenChain(evidence)],
    plansStuck: evidence.stored.plans
      .filter(({ state }) => state.kind === "applying" || state.kind === "unknown")
      .map((plan) => `plan #${plan.number} is ${plan.state.kind}`),
    broken: intents.flatMap((intent) => [...wrongApproval(evidence, intent), ...untruth(evidence, intent)]),
  };
}

const idOf = (intent: AuditRecord): unknown => intent.detail.clientRequestId;
const nameOf = ({ planNumber, revision }: AuditRecord): string => `#${planNumber} revision ${revision}`;

/** An approved revision is written at most once, and each request is sent at most once. */
function doubleWrites({ patches, effective }: Evidence, intents: readonly AuditRecord[]): readonly string[] {
  const ids = patches.map((patch) => patch.clientRequestId);
  const sentTwice = ids
    .filter((id, at) => ids.indexOf(id) !== at)
    .map((id) => `request ${id} was sent twice`);
  const written = effective.flatMap((patch) => {
    const intent = intents.find((record) => idOf(record) === patch.clientRequestId);
    return intent === undefined ? [] : [nameOf(intent)];
  });
  const twice = written.filter((name, at) => written.indexOf(name) !== at);
  return [...sentTwice, ...twice.map((name) => `${name} was written twice`)];
}

/** Each request has its intention before it, and each intention its outcome after it. */
function recordsLost(
  { stored, patches, clockOff = 0 }: Evidence,
  intents: readonly AuditRecord[],
): readonly string[] {
  const unrecorded = patches
    .filter((patch) => {
      const intent = intents.find((record) => idOf(record) === patch.clientRequestId);
      return intent === undefined || Date.parse(intent.at) > Date.parse(patch.at) + clockOff;
    })
    .map((patch) => `request ${patch.clientRequestId} has no intention before it`);
  const unfinished = intents
    .filter((intent) => outcomesOf(stored, intent).length === 0)
    .map((intent) => `the intention of ${nameOf(intent)} has no outcome`);
  const numbers = stored.plans.map((plan) => plan.number);
  const missing = numbers.every((number, at) => number === at + 1) ? [] : [`plans are ${numbers.join(", ")}`];
  return [...unrecorded, ...unfinished, ...missing];
}

function brokenChain({ stored }: Evidence): readonly string[] {
  const check = verifyChain(stored.records);
  return check.kind === "intact" ? [] : [`record ${check.sequence} is ${check.why}`];
}

/** From the intention to the next one of the same plan. */
function outcomesOf({ records }: Stored, intent: AuditRecord): readonly AuditRecord[] {
  const after = records.filter(
    (record) => record.planNumber === intent.planNumber && record.sequence > intent.sequence,
  );
  const next = after.findIndex((record) => record.event === "write-intended");
  return after.slice(0, next === -1 ? undefined : next).filter((record) => OUTCOMES.has(record.event));
}

/** Enough people, none of them the one who asked, and the last of them the one with whose rights it was sent. */
function wrongApproval(
  { stored, patches, approvalsRequired }: Evidence,
  intent: AuditRecord,
): readonly string[] {
  const { sequence, planNumber, revision } = intent;
  const approvals = stored.records.filter(
    (record) =>
      record.event === "plan-approved" &&
      record.planNumber === planNumber &&
      record.revision === revision &&
      record.sequence < sequence,
  );
  const people = new Set(approvals.map((record) => record.by?.id));
  const requester = stored.plans.find((plan) => plan.number === planNumber)?.requester.id;
  const patch = patches.find((sent) => sent.clientRequestId === idOf(intent));
  const writer = patch?.caller?.kind === "person" ? patch.caller.person.id : undefined;
  return [
    ...(people.size < approvalsRequired ? [`${nameOf(intent)} had ${people.size} approvals`] : []),
    ...(people.has(requester) ? [`${nameOf(intent)} was approved by the one who asked`] : []),
    ...(patch !== undefined && writer !== approvals.at(-1)?.by?.id
      ? [`${nameOf(intent)} was written with the rights of somebody who did not approve last`]
      : []),
  ];
}

/** What the record says in the end is what happened. */
function untruth({ stored, effective }: Evidence, intent: AuditRecord): readonly string[] {
  const wasWritten = effective.some((patch) => patch.clientRequestId === idOf(intent));
  const last = outcomesOf(stored, intent).at(-1);
  if (last === undefined || last.event === "plan-superseded") return [];
  const says = last.event === "write-verified";
  if (says === wasWritten || last.event === "write-unknown") return [];
  return [`${nameOf(intent)} was ${wasWritten ? "" : "not "}written, and the record says ${last.event}`];
}
