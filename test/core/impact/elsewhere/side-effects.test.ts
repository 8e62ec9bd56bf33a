import { describe, expect, it } from "vitest";
import {
  changesLists,
  findSideEffects,
  strengthsBeside,
} from "../../../../src/core/impact/elsewhere/side-effects.js";
import type { JsonObject } from "../../../../src/core/json.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import {
  ANDROID,
  DEFAULT_PROFILE,
  ICLOUD,
  IOS,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
} from "../../policy/sample-policies.js";

const list = (mode: "allow" | "block", ...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: mode, aaGuids },
});
const ANY = { keyRestrictions: { isEnforced: false, enforcementType: "allow", aaGuids: [] } };
const OFF = { state: "disabled" };
const UNATTESTED = { isAttestationEnforced: false };
const change = (before: JsonObject, after: JsonObject) => {
  const sides = { before: parsePolicy(before), after: parsePolicy(after) };
  return { ...sides, changes: diffPolicies(sides.before, sides.after) };
};
const kinds = (before: JsonObject, after: JsonObject) =>
  findSideEffects(change(before, after)).map(({ kind }) => kind);

describe("an allow list that makes Microsoft's campaign pass over people", () => {
  const WINDOWS = "08987058-cadc-4b81-b6e1-30de50dcbe96";
  const GOOGLE = "ea9b8d66-4d01-1d21-3ce4-b6b48cb575d4";

  it.each<[string, JsonObject, JsonObject, boolean]>([
    ["starts with keys only", ANY, list("allow", YUBIKEY_5_NFC), true],
    ["loses its last such model", list("allow", IOS, YUBIKEY_5C), list("allow", YUBIKEY_5C), true],
    [
      "is turned on with keys only",
      { ...OFF, ...list("allow", YUBIKEY_5C) },
      list("allow", YUBIKEY_5C),
      true,
    ],
    ["is empty", ANY, list("allow"), true],
    ["was so before", list("allow", YUBIKEY_5C), list("allow", YUBIKEY_5C, YUBIKEY_5_NFC), false],
    ["has Authenticator", ANY, list("allow", ANDROID), false],
    ["has iCloud Keychain", ANY, list("allow", ICLOUD), false],
    ["has Google Password Manager", ANY, list("allow", GOOGLE), false],
    ["has Windows", ANY, list("allow", WINDOWS), false],
    ["blocks: the campaign ignores that", ANY, list("block", IOS, ANDROID, ICLOUD), false],
    ["is off", ANY, { ...OFF, ...list("allow", YUBIKEY_5C) }, false],
  ])("one that %s", (_, before, after, isSaid) => {
    expect(kinds(legacyPolicy(before), legacyPolicy(after))).toEqual(isSaid ? ["campaign-passes-over"] : []);
  });

  it("is looked for in each profile that people have, and in no other", () => {
    const before = profilesPolicy({}, list("allow", IOS, YUBIKEY_5_NFC));
    expect(kinds(before, profilesPolicy({}, list("allow", YUBIKEY_5_NFC)))).toEqual(["campaign-passes-over"]);
    const without = {
      includeTargets: [{ id: "all_users", targetType: "group", allowedPasskeyProfiles: [SYNCED_PROFILE] }],
    };
    const unreached = profilesPolicy(without, list("allow", YUBIKEY_5_NFC));
    expect(kinds({ ...before, ...without }, unreached)).toEqual([]);
    expect(DEFAULT_PROFILE).not.toBe(SYNCED_PROFILE);
  });
});

describe("a first enable that admits synced passkeys", () => {
  it.each<[string, JsonObject, boolean]>([
    ["without attestation and list", { ...UNATTESTED, ...ANY }, true],
    ["without attestation, with a block list", { ...UNATTESTED, ...list("block", YUBIKEY_5C) }, true],
    [
      "without attestation, with iCloud Keychain on the list",
      { ...UNATTESTED, ...list("allow", ICLOUD) },
      true,
    ],
    [
      "without attestation, with no synced model on the list",
      { ...UNATTESTED, ...list("allow", IOS) },
      false,
    ],
    ["with attestation", ANY, false],
  ])("is told %s", (_, rules, isSaid) => {
    const said = kinds(legacyPolicy({ ...rules, ...OFF }), legacyPolicy(rules));
    expect(said.includes("synced-admitted-at-once")).toBe(isSaid);
  });

  it("is no news where passkeys are on already", () => {
    expect(kinds(legacyPolicy(list("allow", ICLOUD)), legacyPolicy({ ...UNATTESTED, ...ANY }))).toEqual([]);
  });

  it("asks a profile for its kinds", () => {
    const open = { ...ANY, attestationEnforcement: "disabled" };
    const of = (types: string) =>
      profilesPolicy(
        {
          includeTargets: [
            { id: "all_users", targetType: "group", allowedPasskeyProfiles: [DEFAULT_PROFILE] },
          ],
        },
        { ...open, passkeyTypes: types },
      );
    expect(kinds({ ...of("deviceBound,synced"), ...OFF }, of("deviceBound,synced"))).toEqual([
      "synced-admitted-at-once",
    ]);
    expect(kinds({ ...of("deviceBound"), ...OFF }, of("deviceBound"))).toEqual([]);
  });
});

describe("authentication strengths with lists of their own", () => {
  const strength = (name: string, ...aaguids: string[]) => ({ name, aaguids: aaguids as Aaguid[] });
  const from = legacyPolicy(list("allow", YUBIKEY_5_NFC, IOS));

  it.each<[string, JsonObject, readonly string[]]>([
    ["lack a model that is added", list("allow", YUBIKEY_5_NFC, IOS, ANDROID), ["NFC only", "Both"]],
    ["keep a model that is removed", list("allow", YUBIKEY_5_NFC), ["Both"]],
    ["accept only their own where any works", ANY, ["NFC only", "Both"]],
  ])("are named when they %s", (_, after, names) => {
    const strengths = [strength("NFC only", YUBIKEY_5_NFC), strength("Both", YUBIKEY_5_NFC, IOS)];
    expect(strengthsBeside(change(from, legacyPolicy(after)), strengths)).toEqual([
      { kind: "strengths-list-models", strengths: names },
    ]);
  });

  it("are not spoken of when they follow, and there is none without a change of models", () => {
    const added = change(from, legacyPolicy(list("allow", YUBIKEY_5_NFC, IOS, ANDROID)));
    expect(strengthsBeside(added, [strength("Phones", IOS, ANDROID)])).toEqual([]);
    expect(strengthsBeside(added, [])).toEqual([]);
    const other = change(from, { ...from, isSelfServiceRegistrationAllowed: false });
    expect(changesLists(other)).toBe(false);
    expect(strengthsBeside(other, [strength("NFC only", YUBIKEY_5_NFC)])).toEqual([]);
    expect(changesLists(change(from, { ...from, ...OFF, ...ANY }))).toBe(false);
  });

  it("are spoken of without names where they cannot be read", () => {
    expect(strengthsBeside(change(from, legacyPolicy(ANY)), undefined)).toEqual([
      { kind: "strengths-list-models" },
    ]);
  });
});
