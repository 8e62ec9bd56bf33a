import type { JsonObject } from "../../../src/core/json.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { ALL_USERS } from "../../../src/core/policy/policy.js";
import {
  ANDROID,
  DEFAULT_PROFILE,
  IOS,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
} from "../../core/policy/sample-policies.js";

const id = (digit: string) => `${digit.repeat(8)}-2222-4222-8222-222222222222`;

/** Groups with their people; one person is in two of them. */
export const GROUPS: Readonly<Record<string, { readonly id: string; readonly members: readonly string[] }>> =
  {
    Pilot: { id: id("1"), members: ["p1", "p2", "both"] },
    Helpdesk: { id: id("2"), members: ["h1", "both"] },
    Sales: { id: id("3"), members: ["s1", "s2", "s3", "s4"] },
    Inner: { id: id("4"), members: ["p1"] },
  };
const PROFILES: Readonly<Record<string, string>> = { Default: DEFAULT_PROFILE, Synced: SYNCED_PROFILE };
const keyRestrictions = { isEnforced: true, enforcementType: "allow", aaGuids: [IOS, ANDROID] };

/**
 * A policy from "on: Pilot, Sales; not Inner"; in a tenant with profiles "on: Pilot [Synced], all [Default+Synced]",
 * and "[]" for a target that has none. Rules are such that enabling passkeys changes none of them.
 */
export function policyFrom(text: string): JsonObject {
  const [, state, included = "", excluded = ""] = /^(on|off): ?([^;]*)(?:; not (.*))?$/.exec(text) ?? [];
  const isLegacy = !text.includes("[");
  const includeTargets = names(included).map((entry) => {
    const [, name = "", profiles = ""] = /^(\w+)(?: \[(.*)\])?$/.exec(entry) ?? [];
    const given = profiles.split("+").flatMap((each) => PROFILES[each] ?? []);
    const target = { targetType: "group", id: idOf(name), isRegistrationRequired: false };
    return { ...target, allowedPasskeyProfiles: isLegacy ? [] : given };
  });
  const change = {
    state: state === "on" ? "enabled" : "disabled",
    includeTargets,
    excludeTargets: names(excluded).map((name) => ({ id: idOf(name), targetType: "group" })),
  };
  if (isLegacy) return legacyPolicy({ ...change, isAttestationEnforced: false, keyRestrictions });
  const passkeyProfiles = Object.entries(PROFILES).map(([name, profile]) => ({
    id: profile,
    name,
    passkeyTypes: "deviceBound,synced",
    attestationEnforcement: "disabled",
    keyRestrictions,
  }));
  return profilesPolicy({ ...change, passkeyProfiles });
}

/** The same the other way round. */
export function textOf(raw: JsonObject): string {
  const policy = parsePolicy(raw);
  const included = policy.include.map(({ id: target, profiles }) => {
    const given = Object.keys(PROFILES).filter((name) => profiles.includes(PROFILES[name] ?? ""));
    return `${nameOf(target)}${policy.shape === "legacy" ? "" : ` [${given.join("+")}]`}`;
  });
  const excluded = policy.exclude.map(nameOf);
  const exceptions = excluded.length === 0 ? "" : `; not ${excluded.join(", ")}`;
  return `${policy.state === "enabled" ? "on" : "off"}: ${included.join(", ")}${exceptions}`;
}

const names = (list: string): readonly string[] => (list === "" ? [] : list.split(", "));
const idOf = (name: string): string => (name === "all" ? ALL_USERS : (GROUPS[name]?.id ?? name));
const nameOf = (target: string): string =>
  target === ALL_USERS ? "all" : (Object.keys(GROUPS).find((name) => GROUPS[name]?.id === target) ?? target);
