import { describe, expect, it } from "vitest";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { driftCard } from "../../../../src/teams/cards/drift/drift-card.js";
import { driftDetails } from "../../../../src/teams/cards/drift/drift-details.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy } from "../../../core/policy/sample-policies.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { titles, words } from "../card-words.js";
import { aDrift } from "./sample-drifts.js";

/** Of a policy that Microsoft moved to profiles, with what was changed besides. */
function moved(more: Parameters<typeof profilesPolicy>[0] = {}) {
  const before = legacyPolicy();
  const after = profilesPolicy({
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
        keyRestrictions: { isEnforced: false, enforcementType: "block", aaGuids: [] },
      },
    ],
    ...more,
  });
  const changes = diffPolicies(parsePolicy(before), parsePolicy(after));
  const drift = aDrift();
  return { ...drift, difference: { ...drift.difference, before, after, changes } };
}

describe("a policy that Microsoft moved to passkey profiles", () => {
  it("is told as that, without raw rows, and with no button that would be refused", () => {
    const card = driftCard(moved(), { names: "counted" });
    const said = words(card);
    expect(said).toContain("**The policy was moved to passkey profiles, which cannot be undone.**");
    expect(said).toContain("nothing else was changed");
    expect(said).not.toMatch(/Setting\nBefore|passkeyProfiles|not shown here|put back/);
    expect(titles(card)).toEqual(["Accept", "Show all"]);
    expect(titles(driftDetails(moved()))).not.toContain("Put back");
    expect(words(driftDetails(moved()))).toContain("cannot be undone");
    expect(cardProblems(card)).toEqual([]);
  });

  it("is told with what was changed besides", () => {
    const said = words(driftCard(moved({ isSelfServiceRegistrationAllowed: false }), { names: "counted" }));
    expect(said).toContain("What was changed besides:");
    expect(said).toContain("Self-service set-up");
  });
});
