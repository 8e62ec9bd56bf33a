import { describe, expect, it } from "vitest";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { type Allowed, allowedToday, typesSeen } from "../../../src/core/report/allowed-today.js";
import {
  DEFAULT_PROFILE,
  ICLOUD,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
  YUBIKEY_5_NFC,
  YUBIKEY_5C,
} from "../policy/sample-policies.js";

const restricted = (enforcementType: string) =>
  legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType, aaGuids: [YUBIKEY_5_NFC] } });
const target = (id: string, ...profiles: string[]) => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles: profiles,
});
const twoGroups = profilesPolicy({
  includeTargets: [target("g1", DEFAULT_PROFILE), target("g2", SYNCED_PROFILE)],
});

describe("whether a model is allowed today", () => {
  it.each<[string, object, string, Allowed]>([
    ["yes without restrictions", legacyPolicy(), YUBIKEY_5C, "yes"],
    ["yes on an allow list", restricted("allow"), YUBIKEY_5_NFC, "yes"],
    ["no when it is not on the allow list", restricted("allow"), YUBIKEY_5C, "no"],
    ["no on a block list", restricted("block"), YUBIKEY_5_NFC, "no"],
    ["yes when it is not on the block list", restricted("block"), YUBIKEY_5C, "yes"],
    ["no while passkeys are off", legacyPolicy({ state: "disabled" }), YUBIKEY_5C, "no"],
    ["no without targets", legacyPolicy({ includeTargets: [] }), YUBIKEY_5C, "no"],
    ["yes in one of the profiles that everybody has", profilesPolicy(), YUBIKEY_5_NFC, "yes"],
    ["in some profiles, when they are for different groups", twoGroups, YUBIKEY_5_NFC, "some-profiles"],
    [
      "yes for a group that has less than everybody",
      profilesPolicy({
        includeTargets: [target("all_users", DEFAULT_PROFILE), target("g2", SYNCED_PROFILE)],
      }),
      YUBIKEY_5_NFC,
      "yes",
    ],
    [
      "no in a profile without a target",
      profilesPolicy({ includeTargets: [target("all_users", SYNCED_PROFILE)] }),
      YUBIKEY_5_NFC,
      "no",
    ],
  ])("%s", (_, policy, aaguid, expected) => {
    expect(allowedToday(parsePolicy(policy as never), aaguid as Aaguid, ["deviceBound"])).toBe(expected);
  });

  it("depends on the kind of passkey, and counts either when nobody knows it", () => {
    const policy = parsePolicy(
      profilesPolicy({ includeTargets: [target("all_users", SYNCED_PROFILE)] }) as never,
    );
    expect(allowedToday(policy, ICLOUD as Aaguid, ["synced"])).toBe("yes");
    expect(allowedToday(policy, ICLOUD as Aaguid, ["deviceBound"])).toBe("no");
    expect(allowedToday(policy, ICLOUD as Aaguid)).toBe("some-types");
  });
});

describe("the kinds seen of a model", () => {
  it.each([
    [{ deviceBound: 2, synced: 0, unsaid: 0 }, ["deviceBound"]],
    [{ deviceBound: 1, synced: 3, unsaid: 0 }, ["deviceBound", "synced"]],
    [{ deviceBound: 2, synced: 0, unsaid: 1 }, undefined],
    [{ deviceBound: 0, synced: 0, unsaid: 0 }, undefined],
  ])("%j", (types, seen) => {
    expect(typesSeen({ types })).toEqual(seen);
  });
});
