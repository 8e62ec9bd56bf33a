import type { AuditEntry } from "../audit/record.js";
import type { Baseline, BaselineDraft } from "../drift/baseline.js";
import { type Drift, type DriftState, moveDrift } from "../drift/drift.js";
import { Fault } from "../errors.js";
import { isJsonObject, type JsonObject } from "../json.js";
import type { Instant, Person } from "../person.js";
import { type Plan, writeApprovedAt } from "../plan/plan.js";
import { planEntry } from "../plan/plan-entry.js";
import { hasProfiles, policyFingerprint } from "../policy/comparable-policy.js";
import { diffPolicies } from "../policy/diff-policies.js";
import { withGivenIds } from "../policy/graph-made/given-ids.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { takeBack } from "../policy/revert/take-back.js";
import type { Rebase } from "../stores/plan-store.js";

interface Applied {
  readonly plan: Plan;
  readonly by: Person;
  readonly at: Instant;
  /** The policy in which the plan was seen to be in force. */
  readonly policy: JsonObject;
}

/**
 * The baseline after a plan: the one before with the plan's own change on it, and not the policy that was read back. So
 * what others changed, before or at the same time, is drift still (docs/adr/0023).
 */
export function rebase({ plan, by, at, policy }: Applied): Rebase {
  return ({ baseline, drift }) => {
    const kept = asGraphKeepsIt(expectedPolicy(plan, baseline?.policy, policy), plan, policy);
    // A baseline that makes no sense must not keep the outcome of the write from being stored.
    const expected = isReadable(kept) ? kept : plan.proposal.after;
    const isLikeIt = diffPolicies(parsePolicy(expected), parsePolicy(policy)).length === 0;
    const sentAt = writeApprovedAt(plan);
    const next: BaselineDraft = {
      tenantId: plan.tenantId,
      policy: expected,
      at,
      seenAt: lastSeen({ plan, baseline, isLikeIt, at }),
      source: { kind: "applied", planNumber: plan.number, by, sentAt },
    };
    const records = [baselineEntry(plan, next, by)];
    if (drift === undefined || !isLikeIt) return { baseline: next, records };
    const ended = moveDrift(drift, endOf(drift, { plan, by, at }));
    return { baseline: next, drift: ended, records: [...records, overEntry(plan, ended, { by, at })] };
  };
}

/** What the plan makes of the baseline: what was changed elsewhere is not part of it, though it may be in `after`. */
function expectedPolicy({ proposal }: Plan, baseline: JsonObject | undefined, seen: JsonObject): JsonObject {
  const { before } = proposal;
  const after = withGivenIds(proposal, seen);
  // With profiles on one side only there is nothing to put the change on.
  if (baseline === undefined || hasProfiles(baseline) !== hasProfiles(before)) return after;
  if (hasProfiles(before) !== hasProfiles(after)) return after;
  return takeBack({ today: baseline, from: before, to: after });
}

function isReadable(policy: JsonObject): boolean {
  try {
    parsePolicy(policy);
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === "policy-unreadable") return false;
    throw error;
  }
}

/**
 * A first enable may turn a tenant without profiles into one with a single profile (undocumented; docs/adr/0004).
 * That is Graph's doing and not a person's edit: the profile is taken as it was read back, everything else as expected.
 */
function asGraphKeepsIt(expected: JsonObject, { proposal }: Plan, seen: JsonObject): JsonObject {
  const isFirstEnable = proposal.before.state === "disabled" && proposal.after.state === "enabled";
  const { passkeyProfiles, defaultPasskeyProfile = null } = seen;
  if (!isFirstEnable || hasProfiles(expected) || !Array.isArray(passkeyProfiles)) return expected;
  if (passkeyProfiles.length !== 1) return expected;
  const profiles = targetProfiles(seen);
  const includeTargets = objectsOf(expected.includeTargets).map((target) => ({
    ...target,
    allowedPasskeyProfiles: profiles.get(idOf(target)) ?? [],
  }));
  return { ...expected, passkeyProfiles, defaultPasskeyProfile, includeTargets };
}

function targetProfiles(policy: JsonObject): ReadonlyMap<string, JsonObject[string]> {
  return new Map(
    objectsOf(policy.includeTargets).map((target) => [idOf(target), target.allowedPasskeyProfiles ?? []]),
  );
}

function objectsOf(value: JsonObject[string] | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : [];
}

const idOf = (target: JsonObject): string => String(target.id).toLowerCase();

/** When the policy was last read and was as the baseline says. */
function lastSeen(about: {
  readonly plan: Plan;
  readonly baseline: Baseline | undefined;
  readonly isLikeIt: boolean;
  readonly at: Instant;
}): Instant {
  const { plan, baseline, isLikeIt, at } = about;
  if (isLikeIt) return at;
  // Right before the write the policy was read and was what the plan was made from.
  const wasLikeIt =
    baseline === undefined || policyFingerprint(baseline.policy) === policyFingerprint(plan.proposal.before);
  return wasLikeIt ? writeApprovedAt(plan) : baseline.seenAt;
}

function endOf(drift: Drift, { plan, by, at }: Pick<Applied, "plan" | "by" | "at">): DriftState {
  const { intent, number: planNumber } = plan;
  const putsBack =
    intent.kind === "revert" && intent.of.kind === "drift" && intent.of.driftNumber === drift.number;
  return putsBack
    ? { kind: "put-back", planNumber, by, at }
    : { kind: "over", why: "part-of-plan", planNumber, by, at };
}

function baselineEntry(plan: Plan, { at, policy }: BaselineDraft, by: Person): AuditEntry {
  return planEntry(plan, "baseline-set", at, {
    by,
    detail: { source: "applied", fingerprint: policyFingerprint(policy), policy },
  });
}

function overEntry(plan: Plan, drift: Drift, { by, at }: Pick<Applied, "by" | "at">): AuditEntry {
  const { state, number: driftNumber, revision } = drift;
  const why = state.kind === "over" ? state.why : state.kind;
  const { tenantId, number: planNumber } = plan;
  return { tenantId, at, event: "drift-over", by, planNumber, driftNumber, revision, detail: { why } };
}
