import { describe, expect, it } from "vitest";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { afterMigration } from "../../../../src/core/policy/graph-made/migration.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy, YUBIKEY_5_NFC } from "../sample-policies.js";

const RESTRICTED = { isEnforced: true, enforcementType: "allow", aaGuids: [YUBIKEY_5_NFC] };
const LEGACY = parsePolicy(legacyPolicy({ keyRestrictions: RESTRICTED }));

/** As Graph sends the policy after the move. */
function moved(profile: object = {}, more: object = {}) {
  return parsePolicy(
    profilesPolicy({
      includeTargets: [
        {
          id: "all_users",
          targetType: "group",
          isRegistrationRequired: false,
          allowedPasskeyProfiles: [DEFAULT_PROFILE],
        },
      ],
      passkeyProfiles: [
        {
          id: DEFAULT_PROFILE,
          name: "Default passkey profile",
          passkeyTypes: "deviceBound",
          attestationEnforcement: "registrationOnly",
          keyRestrictions: RESTRICTED,
          ...profile,
        },
      ],
      ...more,
    }),
  );
}

describe("Microsoft's move to passkey profiles", () => {
  it("explains everything that differs when nothing else was changed", () => {
    const expected = afterMigration(LEGACY, moved());
    expect(expected && diffPolicies(expected, moved())).toEqual([]);
    const open = parsePolicy(legacyPolicy({ keyRestrictions: RESTRICTED, isAttestationEnforced: false }));
    const after = moved({ passkeyTypes: "synced,deviceBound", attestationEnforcement: "disabled" });
    const both = afterMigration(open, after);
    expect(both && diffPolicies(both, after)).toEqual([]);
  });

  it("leaves what was changed besides", () => {
    const after = moved({ passkeyTypes: "deviceBound,synced" }, { state: "disabled" });
    const expected = afterMigration(LEGACY, after);
    const changes = expected && diffPolicies(expected, after);
    expect(changes?.map(({ setting }) => setting)).toEqual(["state", "types"]);
  });

  it("is not between policies of one shape, nor back", () => {
    expect(afterMigration(LEGACY, LEGACY)).toBeUndefined();
    expect(afterMigration(moved(), moved())).toBeUndefined();
    expect(afterMigration(moved(), LEGACY)).toBeUndefined();
  });
});
