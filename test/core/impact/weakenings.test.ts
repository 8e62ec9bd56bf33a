import { describe, expect, it } from "vitest";
import { findWeakenings, type Weakening } from "../../../src/core/impact/weakenings.js";
import type { JsonObject } from "../../../src/core/json.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { GROUPS } from "../policy/arbitrary-policy.js";
import {
  DEFAULT_PROFILE,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
} from "../policy/sample-policies.js";

const weakenings = (before: JsonObject, after: JsonObject): readonly Weakening[] =>
  findWeakenings(parsePolicy(before), parsePolicy(after));

const list = (enforcementType: string, ...aaGuids: string[]): JsonObject => ({
  isEnforced: true,
  enforcementType,
  aaGuids,
});
const ANY: JsonObject = { isEnforced: false, enforcementType: "allow", aaGuids: [] };
const rules = (keyRestrictions: JsonObject, attested = true) =>
  legacyPolicy({ keyRestrictions, isAttestationEnforced: attested });

describe("what becomes weaker in a tenant without profiles", () => {
  it("is attestation that is no longer enforced, and not the reverse", () => {
    expect(weakenings(rules(ANY), rules(ANY, false))).toEqual([{ kind: "attestation-dropped" }]);
    expect(weakenings(rules(ANY, false), rules(ANY))).toEqual([]);
  });

  it("is a restriction that ends, whichever kind of list it was", () => {
    const allow = rules(list("allow", YUBIKEY_5C));
    expect(weakenings(allow, rules(ANY))).toEqual([{ kind: "restriction-dropped", was: "allow" }]);
    const block = rules(list("block", YUBIKEY_5C));
    expect(weakenings(block, rules(ANY))).toEqual([{ kind: "restriction-dropped", was: "block" }]);
    expect(weakenings(rules(ANY), allow)).toEqual([]);
  });

  it("is a block list that is emptied or shortened, with the models", () => {
    const both = rules(list("block", YUBIKEY_5C, YUBIKEY_5_NFC));
    expect(weakenings(both, rules(list("block")))).toEqual([
      { kind: "unblocked", models: [YUBIKEY_5C, YUBIKEY_5_NFC], left: 0 },
    ]);
    expect(weakenings(both, rules(list("block", YUBIKEY_5C)))).toEqual([
      { kind: "unblocked", models: [YUBIKEY_5_NFC], left: 1 },
    ]);
    expect(weakenings(rules(list("block", YUBIKEY_5C)), both)).toEqual([]);
  });

  it("is an allow list that becomes a block list", () => {
    expect(weakenings(rules(list("allow", YUBIKEY_5C)), rules(list("block", YUBIKEY_5C)))).toEqual([
      { kind: "allow-list-made-block-list" },
    ]);
  });

  it("is said while passkeys are off, too: it holds once they are on", () => {
    const off = { state: "disabled" };
    expect(
      weakenings(legacyPolicy({ ...off }), legacyPolicy({ ...off, isAttestationEnforced: false })),
    ).toEqual([{ kind: "attestation-dropped" }]);
  });
});

describe("what becomes weaker in a tenant with profiles", () => {
  const DEFAULT = { id: DEFAULT_PROFILE, name: "Default passkey profile" };
  const target = (id: string, ...profiles: string[]): JsonObject => ({
    id,
    targetType: "group",
    isRegistrationRequired: false,
    allowedPasskeyProfiles: profiles,
  });
  const [GROUP = ""] = GROUPS;
  const strict = { passkeyTypes: "deviceBound" };
  const withTargets = (...includeTargets: JsonObject[]) => profilesPolicy({ includeTargets }, strict);

  it("is told of each profile", () => {
    const before = profilesPolicy({ includeTargets: [] }, strict);
    const lax = {
      attestationEnforcement: "disabled",
      passkeyTypes: "deviceBound,synced",
      keyRestrictions: ANY,
    };
    expect(weakenings(before, profilesPolicy({ includeTargets: [] }, lax))).toEqual([
      { kind: "attestation-dropped", profile: DEFAULT },
      { kind: "restriction-dropped", was: "allow", profile: DEFAULT },
      { kind: "synced-admitted", profile: DEFAULT },
    ]);
  });

  it("is a group that gets a laxer profile, as much as a profile that becomes laxer", () => {
    const before = withTargets(target(GROUP, DEFAULT_PROFILE));
    const after = withTargets(target(GROUP, DEFAULT_PROFILE, SYNCED_PROFILE));
    expect(weakenings(before, after)).toEqual([
      { kind: "attestation-dropped", target: GROUP },
      { kind: "restriction-dropped", was: "allow", target: GROUP },
      { kind: "synced-admitted", target: GROUP },
    ]);
    expect(weakenings(after, before)).toEqual([]);
  });

  it("is a group that is new in the policy, and was strict as part of all users", () => {
    const before = withTargets(target("all_users", DEFAULT_PROFILE));
    const after = withTargets(target("all_users", DEFAULT_PROFILE), target(GROUP, SYNCED_PROFILE));
    expect(weakenings(before, after)).toContainEqual({ kind: "synced-admitted", target: GROUP });
  });

  it("is not that people come who had no passkeys before, or had what they get already", () => {
    const nobody = withTargets();
    expect(weakenings(nobody, withTargets(target(GROUP, SYNCED_PROFILE)))).toEqual([]);
    const lax = withTargets(target("all_users", SYNCED_PROFILE));
    const more = withTargets(target("all_users", SYNCED_PROFILE), target(GROUP, SYNCED_PROFILE));
    expect(weakenings(lax, more)).toEqual([]);
  });
});
