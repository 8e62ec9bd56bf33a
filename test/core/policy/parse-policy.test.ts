import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { ICLOUD, legacyPolicy, profilesPolicy, YUBIKEY_5C } from "./sample-policies.js";

function without(raw: JsonObject, member: string): JsonObject {
  return Object.fromEntries(Object.entries(raw).filter(([key]) => key !== member));
}

describe("reading a policy", () => {
  it("tells the two shapes apart", () => {
    expect(parsePolicy(legacyPolicy()).shape).toBe("legacy");
    expect(parsePolicy(legacyPolicy({ passkeyProfiles: null })).shape).toBe("legacy");
    expect(parsePolicy(profilesPolicy()).shape).toBe("profiles");
  });

  it("calls a list that is not enforced no restriction, whatever it holds and says", () => {
    const keyRestrictions = { isEnforced: false, enforcementType: "allow", aaGuids: [YUBIKEY_5C] };
    expect(parsePolicy(legacyPolicy({ keyRestrictions }))).toMatchObject({ restriction: { mode: "any" } });
  });

  it("reads GUIDs in one spelling and each once", () => {
    const keyRestrictions = {
      isEnforced: true,
      enforcementType: "block",
      aaGuids: [ICLOUD.toUpperCase(), ICLOUD],
    };
    expect(parsePolicy(legacyPolicy({ keyRestrictions }))).toMatchObject({
      restriction: { mode: "block", aaguids: [ICLOUD] },
    });
  });

  it("does without the deprecated pair in a tenant with profiles, as Graph will from October 2027", () => {
    const raw = without(without(profilesPolicy(), "keyRestrictions"), "isAttestationEnforced");
    expect(parsePolicy(raw)).toMatchObject({ shape: "profiles" });
  });

  it.each([
    "state",
    "isSelfServiceRegistrationAllowed",
    "isAttestationEnforced",
    "keyRestrictions",
    "includeTargets",
    "excludeTargets",
  ])("refuses to guess when %s is missing", (member) => {
    expect(() => parsePolicy(without(legacyPolicy(), member))).toThrow(
      expect.objectContaining({ code: "policy-unreadable", message: expect.stringContaining(member) }),
    );
  });

  it.each<[string, JsonObject]>([
    [
      "an enforcement type it does not know",
      { isEnforced: true, enforcementType: "unknownFutureValue", aaGuids: [] },
    ],
    ["no word on enforcement", { enforcementType: "allow", aaGuids: [] }],
    ["an enforced list that is missing", { isEnforced: true, enforcementType: "allow" }],
  ])("refuses to guess with %s", (_, keyRestrictions) => {
    expect(() => parsePolicy(legacyPolicy({ keyRestrictions }))).toThrow(
      expect.objectContaining({
        code: "policy-unreadable",
        message: expect.stringContaining("keyRestrictions"),
      }),
    );
    expect(() => parsePolicy(profilesPolicy({}, { keyRestrictions }))).toThrow(
      expect.objectContaining({ code: "policy-unreadable" }),
    );
  });

  it("refuses to guess whom a target of a kind it does not know means", () => {
    const targets = [{ id: "x", targetType: "unknownFutureValue" }];
    for (const member of ["includeTargets", "excludeTargets"]) {
      expect(() => parsePolicy(legacyPolicy({ [member]: targets }))).toThrow(/targetType/);
    }
  });

  it("refuses a default profile that is not among the profiles", () => {
    expect(() => parsePolicy(profilesPolicy({ defaultPasskeyProfile: "nobody" }))).toThrow(
      /defaultPasskeyProfile/,
    );
    expect(() => parsePolicy(legacyPolicy({ defaultPasskeyProfile: "x" }))).toThrow(/passkeyProfiles/);
  });
});
