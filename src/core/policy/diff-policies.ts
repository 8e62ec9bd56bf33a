import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../json.js";
import type { PolicyChange, ProfileRef } from "./change.js";
import { pathOf } from "./change-path.js";
import { comparablePolicy } from "./comparable-policy.js";
import { unnamedChanges } from "./diff-unnamed.js";
import { afterMigration } from "./graph-made/migration.js";
import type { Aaguid, PasskeyProfile, PasskeyRules, Policy, Restriction } from "./policy.js";

/**
 * Every setting that differs. Empty exactly when the two mean the same. A move to passkey profiles is the
 * default profile, that it is the default, and what was changed besides: all else follows from it.
 */
export function diffPolicies(before: Policy, after: Policy): readonly PolicyChange[] {
  const moved = afterMigration(before, after);
  if (moved !== undefined && moved.shape === "profiles") {
    const added = moved.profiles.map(
      (profile): PolicyChange => ({ setting: "profile-added", profile: ref(profile) }),
    );
    const standard = unnamedChanges(before, moved).filter((change) => pathOf(change) === STANDARD);
    return [...added, ...standard, ...differences(moved, after)];
  }
  return differences(before, after);
}

/** Which profile is the default. */
const STANDARD = "defaultPasskeyProfile";

function differences(before: Policy, after: Policy): readonly PolicyChange[] {
  const named: PolicyChange[] = [];
  if (before.state !== after.state)
    named.push({ setting: "state", before: before.state, after: after.state });
  if (before.selfService !== after.selfService) {
    named.push({ setting: "self-service", before: before.selfService, after: after.selfService });
  }
  if (differs(targets(before), targets(after))) {
    named.push({ setting: "include", before: before.include, after: after.include });
  }
  if (differs([...before.exclude].sort(), [...after.exclude].sort())) {
    named.push({ setting: "exclude", before: before.exclude, after: after.exclude });
  }
  named.push(...diffRuleSets(before, after));
  return [...named, ...unnamedChanges(before, after)];
}

function diffRuleSets(before: Policy, after: Policy): readonly PolicyChange[] {
  if (before.shape === "legacy" && after.shape === "legacy") return diffRules(before, after, undefined);
  const old = ruleSets(before);
  const now = ruleSets(after);
  const gone = old.filter((profile) => !now.some((other) => other.id === profile.id));
  return [
    ...gone.map((profile): PolicyChange => ({ setting: "profile-removed", profile: ref(profile) })),
    ...now.flatMap((profile): readonly PolicyChange[] => {
      const previous = old.find((other) => other.id === profile.id);
      return previous
        ? [...diffNames(previous, profile), ...diffRules(previous, profile, ref(profile))]
        : [{ setting: "profile-added", profile: ref(profile) }];
    }),
  ];
}

function diffNames(before: PasskeyProfile, after: PasskeyProfile): readonly PolicyChange[] {
  return before.name === after.name
    ? []
    : [{ setting: "profile-name", profile: ref(after), before: before.name, after: after.name }];
}

function ruleSets(policy: Policy): readonly PasskeyProfile[] {
  return policy.shape === "profiles" ? policy.profiles : [];
}

function diffRules(
  before: PasskeyRules,
  after: PasskeyRules,
  profile: ProfileRef | undefined,
): readonly PolicyChange[] {
  const about = profile === undefined ? {} : { profile };
  const changes: PolicyChange[] = [];
  if (before.attestationEnforced !== after.attestationEnforced) {
    changes.push({
      setting: "attestation",
      ...about,
      before: before.attestationEnforced,
      after: after.attestationEnforced,
    });
  }
  if (differs([...before.types].sort(), [...after.types].sort())) {
    changes.push({ setting: "types", ...about, before: before.types, after: after.types });
  }
  if (differs(comparable(before.restriction), comparable(after.restriction))) {
    changes.push({
      setting: "restriction",
      ...about,
      before: before.restriction,
      after: after.restriction,
      ...listChange(before.restriction, after.restriction),
    });
  }
  return changes;
}

function listChange(
  before: Restriction,
  after: Restriction,
): { added: readonly Aaguid[]; removed: readonly Aaguid[] } {
  if (after.mode === "any") return { added: [], removed: [] };
  const old = before.mode === after.mode ? before.aaguids : [];
  return {
    added: after.aaguids.filter((aaguid) => !old.includes(aaguid)),
    removed: old.filter((aaguid) => !after.aaguids.includes(aaguid)),
  };
}

function targets(policy: Policy): Json {
  const comparable = comparablePolicy(policy.raw).includeTargets;
  if (!Array.isArray(comparable)) return [];
  return comparable
    .filter((target): target is JsonObject => isJsonObject(target))
    .map((target) => ({ id: target.id ?? null, profiles: target.allowedPasskeyProfiles ?? [] }));
}

function comparable(restriction: Restriction): Json {
  return restriction.mode === "any"
    ? { mode: "any" }
    : { ...restriction, aaguids: [...restriction.aaguids].sort() };
}

function differs(a: Json, b: Json): boolean {
  return canonicalJson(a) !== canonicalJson(b);
}

function ref(profile: PasskeyProfile): ProfileRef {
  return { id: profile.id, name: profile.name };
}
