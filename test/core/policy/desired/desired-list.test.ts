import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import type { ListIntent } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import {
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
  ZERO,
} from "../sample-policies.js";

const allow = (...aaguids: string[]): ListIntent => ({ kind: "allow", aaguids: aaguids as Aaguid[] });
const remove = (...aaguids: string[]): ListIntent => ({ kind: "remove", aaguids: aaguids as Aaguid[] });
const IN_USE: ListIntent = { kind: "allow-in-use" };

const restricted = (enforcementType: string, aaGuids: readonly string[], isEnforced = true) => ({
  keyRestrictions: { isEnforced, enforcementType, aaGuids },
});
const wanted = (raw: JsonObject, intent: ListIntent, inUse: readonly string[] = []) =>
  desiredPolicy(parsePolicy(raw), intent, inUse as readonly Aaguid[]);

function policyAfter(raw: JsonObject, intent: ListIntent, inUse: readonly string[] = []): JsonObject {
  const result = wanted(raw, intent, inUse);
  if ("kind" in result) throw new Error(result.code);
  return result.raw;
}
const listAfter = (...asked: Parameters<typeof policyAfter>) =>
  (policyAfter(...asked).keyRestrictions as JsonObject).aaGuids;

describe("allow", () => {
  it("adds to an allow list what is missing, and leaves the entries as they are spelled and ordered", () => {
    const raw = legacyPolicy(restricted("allow", [YUBIKEY_5_NFC.toUpperCase(), IOS, IOS]));
    expect(policyAfter(raw, allow(YUBIKEY_5C, YUBIKEY_5_NFC, YUBIKEY_5C))).toEqual({
      ...raw,
      ...restricted("allow", [YUBIKEY_5_NFC.toUpperCase(), IOS, IOS, YUBIKEY_5C]),
    });
  });

  it("takes models off a block list, which stays enforced when nothing is left on it", () => {
    const raw = legacyPolicy(restricted("block", [YUBIKEY_5C.toUpperCase(), IOS, YUBIKEY_5C]));
    expect(listAfter(raw, allow(YUBIKEY_5C))).toEqual([IOS]);
    expect(policyAfter(raw, allow(YUBIKEY_5C, IOS))).toEqual({ ...raw, ...restricted("block", []) });
  });

  it("gives the policy back as it came when nothing is missing", () => {
    const raw = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [IOS] },
    });
    expect(JSON.stringify(policyAfter(raw, allow(IOS)))).toBe(JSON.stringify(raw));
  });

  it("has nothing to add to where any authenticator may be used", () => {
    for (const list of ["allow", "block"]) {
      const raw = legacyPolicy(restricted(list, [IOS], false));
      expect(wanted(raw, allow(YUBIKEY_5C))).toMatchObject({ code: "not-restricted", verb: "allow" });
    }
    expect(wanted(legacyPolicy({ keyRestrictions: null }), IN_USE)).toMatchObject({ code: "not-restricted" });
  });

  it("never puts the all-zero AAGUID on an allow list, and may take it off a block list", () => {
    expect(wanted(legacyPolicy(restricted("allow", [IOS])), allow(YUBIKEY_5C, ZERO))).toMatchObject({
      code: "no-model-aaguid",
      verb: "allow",
    });
    expect(listAfter(legacyPolicy(restricted("block", [IOS, ZERO])), allow(ZERO))).toEqual([IOS]);
  });

  it("does the same in a policy that is disabled, and leaves it disabled", () => {
    const raw = legacyPolicy({ state: "disabled", ...restricted("allow", [IOS]) });
    expect(policyAfter(raw, allow(YUBIKEY_5C))).toEqual({
      ...raw,
      ...restricted("allow", [IOS, YUBIKEY_5C]),
    });
  });
});

describe("allow keys in use", () => {
  it("adds every model in use but the all-zero AAGUID", () => {
    const raw = legacyPolicy(restricted("allow", [IOS]));
    expect(listAfter(raw, IN_USE, [YUBIKEY_5C, ZERO, IOS, ICLOUD])).toEqual([IOS, YUBIKEY_5C, ICLOUD]);
  });

  it("takes models in use off a block list", () => {
    const raw = legacyPolicy(restricted("block", [YUBIKEY_5C, IOS]));
    expect(listAfter(raw, IN_USE, [YUBIKEY_5C])).toEqual([IOS]);
  });
});

describe("remove", () => {
  it("takes every spelling of a model off an allow list", () => {
    const raw = legacyPolicy(restricted("allow", [YUBIKEY_5C, IOS, YUBIKEY_5C.toUpperCase(), ZERO]));
    expect(policyAfter(raw, remove(YUBIKEY_5C, ZERO))).toEqual({ ...raw, ...restricted("allow", [IOS]) });
  });

  it("does not empty an allow list, which would let nobody in", () => {
    const raw = legacyPolicy(restricted("allow", [YUBIKEY_5C, IOS]));
    expect(wanted(raw, remove(IOS, YUBIKEY_5C))).toMatchObject({ code: "list-would-be-empty" });
  });

  it("changes nothing of an allow list that is empty already", () => {
    const raw = legacyPolicy(restricted("allow", []));
    expect(policyAfter(raw, remove(IOS))).toEqual(raw);
  });

  it("adds to a block list, but not the all-zero AAGUID", () => {
    const raw = legacyPolicy(restricted("block", [IOS]));
    expect(listAfter(raw, remove(YUBIKEY_5C, IOS))).toEqual([IOS, YUBIKEY_5C]);
    expect(wanted(raw, remove(ZERO))).toMatchObject({ code: "no-model-aaguid", verb: "remove" });
  });

  it("has no list to take from where any authenticator may be used", () => {
    expect(wanted(legacyPolicy(), remove(IOS))).toMatchObject({ code: "not-restricted", verb: "remove" });
  });
});

describe("the list of a profile", () => {
  const profiles = (raw: JsonObject) => raw.passkeyProfiles as readonly JsonObject[];

  it("is that of the default profile unless one is named; everything else is sent back as it came", () => {
    const raw = profilesPolicy();
    const after = policyAfter(raw, allow(YUBIKEY_5C));
    expect(profiles(after)[0]).toEqual({
      ...profiles(raw)[0],
      ...restricted("allow", [YUBIKEY_5_NFC, YUBIKEY_5C]),
    });
    expect(JSON.stringify({ ...after, passkeyProfiles: [profiles(raw)[0], profiles(after)[1]] })).toBe(
      JSON.stringify(raw),
    );
  });

  it("is that of the profile named, by name or id", () => {
    const [first, second] = profiles(profilesPolicy());
    const raw = profilesPolicy({
      passkeyProfiles: [{ ...first }, { ...second, ...restricted("allow", [ICLOUD, IOS]) }],
    });
    for (const profile of ["SYNCED", SYNCED_PROFILE.toUpperCase()]) {
      const after = profiles(policyAfter(raw, { kind: "remove", aaguids: [IOS as Aaguid], profile }));
      expect(after).toEqual([first, { ...second, ...restricted("allow", [ICLOUD]) }]);
    }
  });

  it("is named by a refusal", () => {
    const about = (intent: ListIntent) => wanted(profilesPolicy(), intent);
    expect(about({ ...IN_USE, profile: "synced" })).toMatchObject({
      code: "not-restricted",
      profile: "synced",
    });
    expect(about(remove(YUBIKEY_5_NFC))).toMatchObject({
      code: "list-would-be-empty",
      profile: "Default passkey profile",
    });
    expect(about({ ...IN_USE, profile: "Nope" })).toMatchObject({ code: "unknown-profile", name: "Nope" });
  });

  it("cannot be asked for where there are no profiles", () => {
    const raw = legacyPolicy(restricted("allow", [IOS]));
    expect(wanted(raw, { ...IN_USE, profile: "Staff" })).toMatchObject({ code: "profiles-not-in-use" });
  });
});
