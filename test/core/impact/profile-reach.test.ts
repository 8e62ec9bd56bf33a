import { describe, expect, it } from "vitest";
import { warnOfReach } from "../../../src/core/impact/profile-reach.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "../policy/sample-policies.js";

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

function warnings(...includeTargets: ReturnType<typeof target>[]) {
  const before = parsePolicy(profilesPolicy({ includeTargets }));
  const after = parsePolicy(profilesPolicy({ includeTargets }, { attestationEnforcement: "disabled" }));
  return warnOfReach(after, diffPolicies(before, after));
}

describe("a plan for a profile", () => {
  it("that no target has says so, and names the profiles that people have", () => {
    expect(warnings(target("pilot", SYNCED_PROFILE))).toEqual([
      { kind: "profile-reaches-nobody", profile: "Default passkey profile", others: ["synced"] },
    ]);
  });

  it("that a target has warns of nothing", () => {
    expect(warnings(target("all_users", DEFAULT_PROFILE), target("pilot", SYNCED_PROFILE))).toEqual([]);
  });

  it("names targets that give their people no profile", () => {
    expect(warnings(target("staff", DEFAULT_PROFILE), target("pilot"))).toEqual([
      { kind: "targets-without-profile", targets: ["pilot"] },
    ]);
  });

  it("does not say so where all users have one: they are among them", () => {
    expect(warnings(target("all_users", DEFAULT_PROFILE), target("pilot"))).toEqual([]);
  });

  it("in a tenant without profiles has none of that", () => {
    expect(warnOfReach(parsePolicy(legacyPolicy()), [])).toEqual([]);
  });
});
