import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import type { PolicyChange } from "../../../src/core/policy/change.js";
import { pathOf } from "../../../src/core/policy/change-path.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { takeBack } from "../../../src/core/policy/revert/take-back.js";
import { hasArrived, sameEffect } from "../../../src/core/policy/same-effect.js";
import { DEFAULT_PROFILE, IOS, legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "./sample-policies.js";

type Setting = PolicyChange["setting"];

const target = (id: string): JsonObject => ({ targetType: "group", id, isRegistrationRequired: false });
const allow = { isEnforced: true, enforcementType: "allow", aaGuids: [IOS] };
const [first, second] = profilesPolicy().passkeyProfiles as readonly JsonObject[];
const oneProfile = {
  passkeyProfiles: [first ?? {}],
  includeTargets: [{ ...target("all_users"), allowedPasskeyProfiles: [DEFAULT_PROFILE] }],
};
const threeProfiles = { ...oneProfile, passkeyProfiles: [first ?? {}, { ...second, id: "third" }] };

/** For every setting two policies that differ in it alone. The type makes a setting without a pair fail to compile. */
const PAIRS: Readonly<Record<Setting, readonly [before: JsonObject, after: JsonObject]>> = {
  state: [legacyPolicy(), legacyPolicy({ state: "disabled" })],
  "self-service": [legacyPolicy(), legacyPolicy({ isSelfServiceRegistrationAllowed: false })],
  include: [legacyPolicy(), legacyPolicy({ includeTargets: [target("a"), target("b")] })],
  exclude: [legacyPolicy(), legacyPolicy({ excludeTargets: [{ targetType: "group", id: "a" }] })],
  attestation: [legacyPolicy(), legacyPolicy({ isAttestationEnforced: false })],
  types: [profilesPolicy(), profilesPolicy({}, { passkeyTypes: "deviceBound" })],
  restriction: [legacyPolicy(), legacyPolicy({ keyRestrictions: allow })],
  "profile-added": [profilesPolicy(oneProfile), profilesPolicy(threeProfiles)],
  "profile-removed": [profilesPolicy(threeProfiles), profilesPolicy(oneProfile)],
  "profile-name": [profilesPolicy(), profilesPolicy({}, { name: "Staff" })],
  other: [legacyPolicy(), legacyPolicy({ somethingOfALaterVersion: 1 })],
};

describe.each(Object.entries(PAIRS))("the setting %s", (setting, [before, after]) => {
  const change = { before: parsePolicy(before), after: parsePolicy(after) };

  it("has one line in the diff, and a place in the configuration", () => {
    const changes = diffPolicies(change.before, change.after);
    expect(changes.map((each) => each.setting)).toEqual([setting]);
    expect(changes.map(pathOf)).not.toContain("");
    expect(diffPolicies(change.after, change.after)).toEqual([]);
  });

  it("is waited for when it was written, until it is there", () => {
    expect(hasArrived(change, change.before)).toBe(false);
    expect(hasArrived(change, change.after)).toBe(true);
  });

  it("is what makes two policies differ in effect, unless its name says nothing to us", () => {
    expect(sameEffect(change.before, change.after)).toBe(setting === "other");
  });

  it("is taken back by an undo, and put where it was", () => {
    const undone = parsePolicy(takeBack({ today: after, from: after, to: before }));
    expect(diffPolicies(undone, change.before)).toEqual([]);
  });
});

it("profiles of the samples are those that the pairs are about", () => {
  expect([first?.id, second?.id]).toEqual([DEFAULT_PROFILE, SYNCED_PROFILE]);
});
