import { isJsonObject, type Json, type JsonObject, textOf } from "../json.js";
import type { ProfileRef } from "../policy/change.js";
import { comparablePolicy } from "../policy/comparable-policy.js";
import type { Aaguid, PasskeyRules, Policy, Restriction } from "../policy/policy.js";

/** One list of models, before and after: of the top level, or of a profile. */
export interface ListEntries {
  readonly profile: ProfileRef | undefined;
  /** What the list is afterwards; `any` where it is enforced no longer, or its profile is gone. */
  readonly mode: Restriction["mode"];
  readonly added: readonly Aaguid[];
  readonly removed: readonly Aaguid[];
  readonly kept: readonly Aaguid[];
}

/** Every list of two policies with what comes and what goes, also where it is written and not enforced. */
export function listEntries(before: Policy, after: Policy): readonly ListEntries[] {
  const [old, now] = [ruleSets(before), ruleSets(after)];
  const ended = old.filter(({ profile }) => !now.some((set) => set.profile?.id === profile?.id));
  return [...now, ...ended].map(({ profile }) => {
    const [was, is] = [setOf(old, profile), setOf(now, profile)];
    const [from, to] = [listOf(before, profile), listOf(after, profile)];
    const mode = is?.rules.restriction.mode ?? "any";
    const isAnotherList = mode !== "any" && was?.rules.restriction.mode !== mode;
    const stays = (entry: Aaguid) => !isAnotherList && from.includes(entry);
    return {
      profile,
      mode,
      added: to.filter((entry) => !stays(entry)),
      removed: from.filter((entry) => !to.includes(entry)),
      kept: to.filter(stays),
    };
  });
}

/** The members of the rules at the top level, or of a profile, in the form in which policies are compared. */
export function rawRules({ raw, shape }: Policy, profile: string | undefined): JsonObject {
  const comparable = comparablePolicy(raw);
  if (shape === "legacy") return profile === undefined ? comparable : {};
  const profiles = Array.isArray(comparable.passkeyProfiles) ? comparable.passkeyProfiles : [];
  return profiles.find((each): each is JsonObject => isJsonObject(each) && each.id === profile) ?? {};
}

/** The kind that a list is written as, enforced or not. */
export function listKind(policy: Policy, profile: string | undefined): Json {
  const restrictions = rawRules(policy, profile).keyRestrictions;
  return isJsonObject(restrictions) ? (restrictions.enforcementType ?? null) : null;
}

interface RuleSet {
  readonly profile: ProfileRef | undefined;
  readonly rules: PasskeyRules;
}

function ruleSets(policy: Policy): readonly RuleSet[] {
  if (policy.shape === "legacy") return [{ profile: undefined, rules: policy }];
  return policy.profiles.map((rules) => ({ profile: { id: rules.id, name: rules.name }, rules }));
}

function setOf(sets: readonly RuleSet[], profile: ProfileRef | undefined): RuleSet | undefined {
  return sets.find((set) => set.profile?.id === profile?.id);
}

function listOf(policy: Policy, profile: ProfileRef | undefined): readonly Aaguid[] {
  const restrictions = rawRules(policy, profile?.id).keyRestrictions;
  const list = isJsonObject(restrictions) ? restrictions.aaGuids : [];
  return Array.isArray(list) ? list.map((entry) => textOf(entry) as Aaguid) : [];
}
