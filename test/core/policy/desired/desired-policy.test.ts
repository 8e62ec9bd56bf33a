import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import type { GroupId } from "../../../../src/core/person.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import { withProfileName } from "../../../../src/core/policy/desired/find-profile.js";
import type { EnableIntent, Intent } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import {
  ANDROID,
  IOS,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
  ZERO,
} from "../sample-policies.js";

const PILOT = { id: "11111111-2222-4222-8222-222222222222" as GroupId, name: "Pilot" };
const ENABLE: EnableIntent = { kind: "enable", restriction: "as-fits", authenticators: ["ios", "android"] };

function policyAfter(raw: JsonObject, intent: Intent = ENABLE, inUse: readonly string[] = []): JsonObject {
  const result = desiredPolicy(parsePolicy(raw), intent, inUse as readonly Aaguid[]);
  if ("kind" in result) throw new Error(result.code);
  return result.raw;
}

const profile = (raw: JsonObject, at: number) => (raw.passkeyProfiles as readonly JsonObject[])[at];
const restricted = (enforcementType: string, aaGuids: readonly string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType, aaGuids },
});

describe("enable passkeys", () => {
  it("turns the method and self-service on, for all users if nobody is targeted, without attestation at first", () => {
    const raw = legacyPolicy({
      state: "disabled",
      isSelfServiceRegistrationAllowed: false,
      includeTargets: [],
    });
    expect(policyAfter(raw)).toMatchObject({
      state: "enabled",
      isSelfServiceRegistrationAllowed: true,
      isAttestationEnforced: false,
      includeTargets: [{ targetType: "group", id: "all_users", isRegistrationRequired: false }],
    });
  });

  it("leaves attestation as found in a tenant that already uses passkeys", () => {
    expect(policyAfter(legacyPolicy()).isAttestationEnforced).toBe(true);
    expect(
      policyAfter(legacyPolicy(), { ...ENABLE, attestation: "not-enforced" }).isAttestationEnforced,
    ).toBe(false);
  });

  it("starts an allow list of Authenticator and every model in use where nothing was restricted", () => {
    expect(policyAfter(legacyPolicy(), ENABLE, [YUBIKEY_5C]).keyRestrictions).toEqual({
      isEnforced: true,
      enforcementType: "allow",
      aaGuids: [IOS, ANDROID, YUBIKEY_5C],
    });
  });

  it("keeps a prepared allow list that was not enforced, and drops a block list that was not", () => {
    const notEnforced = (enforcementType: string) =>
      legacyPolicy({ keyRestrictions: { isEnforced: false, enforcementType, aaGuids: [YUBIKEY_5_NFC] } });
    expect(policyAfter(notEnforced("allow")).keyRestrictions).toMatchObject({
      aaGuids: [YUBIKEY_5_NFC, IOS, ANDROID],
    });
    expect(policyAfter(notEnforced("block")).keyRestrictions).toMatchObject({ aaGuids: [IOS, ANDROID] });
  });

  it("extends an allow list by what is missing and leaves the entries that are there as they are spelled", () => {
    const raw = legacyPolicy(
      restricted("allow", [YUBIKEY_5_NFC.toUpperCase(), IOS.toUpperCase(), YUBIKEY_5_NFC]),
    );
    expect(policyAfter(raw, ENABLE, [YUBIKEY_5_NFC, YUBIKEY_5C]).keyRestrictions).toMatchObject({
      aaGuids: [YUBIKEY_5_NFC.toUpperCase(), IOS.toUpperCase(), YUBIKEY_5_NFC, ANDROID, YUBIKEY_5C],
    });
  });

  it("never puts the all-zero AAGUID on a list: it names no model", () => {
    expect(policyAfter(legacyPolicy(), ENABLE, [ZERO]).keyRestrictions).toMatchObject({
      aaGuids: [IOS, ANDROID],
    });
  });

  it("adds only the Authenticator that was asked for", () => {
    const raw = policyAfter(legacyPolicy(), { ...ENABLE, authenticators: ["ios"] });
    expect(raw.keyRestrictions).toMatchObject({ aaGuids: [IOS] });
  });

  it("leaves a block list one, and only stops blocking Authenticator", () => {
    const raw = legacyPolicy(restricted("block", [YUBIKEY_5C, IOS.toUpperCase()]));
    expect(policyAfter(raw, ENABLE, [YUBIKEY_5_NFC]).keyRestrictions).toEqual({
      isEnforced: true,
      enforcementType: "block",
      aaGuids: [YUBIKEY_5C],
    });
    expect(policyAfter(legacyPolicy(restricted("block", [YUBIKEY_5C]))).keyRestrictions).toMatchObject({
      enforcementType: "block",
      aaGuids: [YUBIKEY_5C],
    });
  });

  it("turns a block list into an allow list only when asked, and then does not allow what was blocked", () => {
    const raw = legacyPolicy(restricted("block", [YUBIKEY_5C]));
    const asked: Intent = { ...ENABLE, restriction: "allow-list" };
    expect(policyAfter(raw, asked, [YUBIKEY_5_NFC, YUBIKEY_5C]).keyRestrictions).toEqual({
      isEnforced: true,
      enforcementType: "allow",
      aaGuids: [IOS, ANDROID, YUBIKEY_5_NFC],
    });
  });

  it("lifts the restriction when asked, and keeps the list for later", () => {
    const raw = legacyPolicy(restricted("allow", [YUBIKEY_5C]));
    expect(policyAfter(raw, { ...ENABLE, restriction: "any" }).keyRestrictions).toEqual({
      isEnforced: false,
      enforcementType: "allow",
      aaGuids: [YUBIKEY_5C],
    });
  });

  it("turns passkeys on for the group that was asked for alone, and leaves exclusions as they are", () => {
    const raw = legacyPolicy({
      state: "disabled",
      excludeTargets: [{ id: "x", targetType: "group", odd: 1 }],
    });
    const result = policyAfter(raw, { ...ENABLE, targets: { kind: "groups", groups: [PILOT] } });
    expect(result.includeTargets).toEqual([
      { targetType: "group", id: PILOT.id, isRegistrationRequired: false },
    ]);
    expect(result.excludeTargets).toEqual([{ id: "x", targetType: "group", odd: 1 }]);
  });

  it("refuses to name a profile in a tenant that has none", () => {
    expect(desiredPolicy(parsePolicy(legacyPolicy()), { ...ENABLE, profile: "Default" }, [])).toMatchObject({
      code: "profiles-not-in-use",
    });
  });
});

describe("enable passkeys in a tenant with profiles", () => {
  it("changes the default profile only", () => {
    const raw = profilesPolicy();
    const result = policyAfter(raw, ENABLE, [YUBIKEY_5C]);
    expect(profile(result, 0)).toMatchObject({
      attestationEnforcement: "registrationOnly",
      passkeyTypes: "deviceBound,synced",
      keyRestrictions: { aaGuids: [YUBIKEY_5_NFC, IOS, ANDROID, YUBIKEY_5C] },
    });
    expect(JSON.stringify(profile(result, 1))).toBe(JSON.stringify(profile(raw, 1)));
    expect(result.keyRestrictions).toEqual(raw.keyRestrictions);
  });

  it("changes the profile that was named, by name or id", () => {
    for (const name of ["SYNCED", SYNCED_PROFILE.toUpperCase()]) {
      const result = policyAfter(profilesPolicy(), { ...ENABLE, profile: name });
      expect(profile(result, 1)).toMatchObject({ keyRestrictions: { isEnforced: true } });
      expect(profile(result, 0)).toEqual(profile(profilesPolicy(), 0));
    }
  });

  it("changes the default profile by that name, or by its own without the word for what it is", () => {
    for (const name of ["default", "the Default", "Default passkey profile"]) {
      const result = policyAfter(profilesPolicy(), { ...ENABLE, profile: name });
      expect(profile(result, 1)).toEqual(profile(profilesPolicy(), 1));
      expect(profile(result, 0)).not.toEqual(profile(profilesPolicy(), 0));
    }
  });

  it("is said with the name that the profile has", () => {
    const policy = parsePolicy(profilesPolicy());
    const named = (name: string) => withProfileName(policy, { ...ENABLE, profile: name }).profile;
    expect(["default", "SYNCED", SYNCED_PROFILE, "Nope"].map(named)).toEqual([
      "Default passkey profile",
      "synced",
      "synced",
      "Nope",
    ]);
    expect(withProfileName(policy, ENABLE)).toEqual(ENABLE);
    const twins = parsePolicy(profilesPolicy({}, { name: "synced" }));
    expect(withProfileName(twins, { ...ENABLE, profile: SYNCED_PROFILE }).profile).toBe(SYNCED_PROFILE);
  });

  it("names the profiles there are when the one asked for does not exist", () => {
    const refusal = desiredPolicy(parsePolicy(profilesPolicy()), { ...ENABLE, profile: "Nope" }, []);
    expect(refusal).toMatchObject({ code: "unknown-profile", known: ["Default passkey profile", "synced"] });
  });

  it("says registrationOnly for attestation", () => {
    const raw = profilesPolicy({}, { attestationEnforcement: "disabled" });
    expect(profile(policyAfter(raw, { ...ENABLE, attestation: "enforced" }), 0)).toMatchObject({
      attestationEnforcement: "registrationOnly",
    });
  });
});

describe("disable passkeys", () => {
  it("changes the state and nothing else", () => {
    const raw = profilesPolicy();
    expect(policyAfter(raw, { kind: "disable" })).toEqual({ ...raw, state: "disabled" });
  });
});
