import type { PolicyChange } from "./change.js";
import { meet, pathOf } from "./change-path.js";
import { diffPolicies } from "./diff-policies.js";
import { unnamedChanges } from "./diff-unnamed.js";
import type { PasskeyRules, Policy } from "./policy.js";
import { coversRules } from "./restriction-rules.js";

/**
 * Whether what a change was to bring is there: the effect that was wanted, and settings without an effect we know of, such
 * as a property of a later Graph version, where the change was about that.
 */
export function hasArrived(
  change: { readonly before: Policy; readonly after: Policy },
  seen: Policy,
): boolean {
  const { before, after } = change;
  if (!sameEffect(after, seen)) return false;
  // Where Graph moved the tenant to passkey profiles, the rest cannot be compared.
  if (after.shape !== seen.shape) return true;
  const missing = unnamedChanges(after, seen).map(pathOf);
  const isMissing = unnamedChanges(before, after).some((wanted) => meetsAny(wanted, missing));
  return !isMissing && !isUntouched(change, seen);
}

/** Whether some setting is as it was: also two that differ may have the same effect. */
function isUntouched({ before, after }: Parameters<typeof hasArrived>[0], seen: Policy): boolean {
  const touched = diffPolicies(before, seen).map(pathOf);
  return diffPolicies(before, after).some((wanted) => !meetsAny(wanted, touched));
}

function meetsAny(change: PolicyChange, paths: readonly string[]): boolean {
  return paths.some((other) => meet(pathOf(change), other));
}

/**
 * Whether a policy read back has the effect that was wanted. Judged by what we set, not by every byte: Graph may
 * recalculate other members, change the spelling of GUIDs, or turn a legacy tenant into one with profiles when
 * passkeys are first enabled (undocumented; both readings are accepted here and only here).
 */
export function sameEffect(wanted: Policy, seen: Policy): boolean {
  return (
    wanted.state === seen.state &&
    wanted.selfService === seen.selfService &&
    sameSet(wanted.exclude, seen.exclude) &&
    sameSet(wanted.include.map(targetKey(wanted, seen)), seen.include.map(targetKey(wanted, seen))) &&
    sameRuleSets(wanted, seen)
  );
}

function sameRuleSets(wanted: Policy, seen: Policy): boolean {
  if (wanted.shape === "legacy") {
    const rules = seen.shape === "legacy" ? seen : defaultProfile(seen);
    // A migration chooses the passkey types itself, so they are not held against it.
    return (
      rules !== undefined &&
      equalRules(wanted, seen.shape === "legacy" ? rules : { ...rules, types: wanted.types })
    );
  }
  if (seen.shape === "legacy" || wanted.profiles.length !== seen.profiles.length) return false;
  return wanted.profiles.every((profile) => {
    const other = seen.profiles.find((candidate) => candidate.id === profile.id);
    return other !== undefined && other.name === profile.name && equalRules(profile, other);
  });
}

function equalRules(a: PasskeyRules, b: PasskeyRules): boolean {
  return a.attestationEnforced === b.attestationEnforced && coversRules(a, b) && coversRules(b, a);
}

function defaultProfile(policy: Extract<Policy, { shape: "profiles" }>): PasskeyRules | undefined {
  return policy.profiles.find((profile) => profile.id === policy.defaultProfile);
}

function targetKey(
  wanted: Policy,
  seen: Policy,
): (target: { id: string; profiles: readonly string[] }) => string {
  const comparesProfiles = wanted.shape === "profiles" && seen.shape === "profiles";
  return (target) => (comparesProfiles ? `${target.id} ${[...target.profiles].sort().join(" ")}` : target.id);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every((entry) => right.has(entry));
}
