import { expect, it } from "vitest";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { ProfilesPolicy } from "../../../../src/core/policy/policy.js";
import { compareProfiles } from "../../../../src/core/report/rollout/compare-profiles.js";
import { comparisonCard } from "../../../../src/teams/cards/reports/standing/comparison-card.js";
import { profilesPolicy } from "../../../core/policy/sample-policies.js";
import { elementsOf } from "../adaptive-card-schema.js";
import { AT } from "../plan/sample-plans.js";

it("profiles that are compared have a line for models of one name on the same lists", () => {
  const raw = structuredClone(profilesPolicy()) as unknown as {
    passkeyProfiles: { keyRestrictions: object }[];
  };
  const list = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "allow", aaGuids });
  const [first, second, third] = [1, 2, 3].map((nth) => `aa000000-0000-4000-8000-00000000000${nth}`) as [
    string,
    string,
    string,
  ];
  for (const [at, profile] of raw.passkeyProfiles.entries())
    profile.keyRestrictions = at === 0 ? list(first, second, third) : list(third);
  const policy = parsePolicy(raw as never) as ProfilesPolicy;
  const comparison = compareProfiles(policy, []);
  if ("kind" in comparison) throw new Error(comparison.code);
  const report = {
    policy,
    groupNames: {},
    groupFacts: {},
    modelNames: { [first]: "YubiKey", [second]: "YubiKey", [third]: "Other" },
    modelWarnings: {},
    facts: [],
    readAt: AT,
  };
  const lines = elementsOf(comparisonCard(report, policy, comparison), "TextBlock").map(({ text }) => text);
  expect(lines.filter((line) => String(line).includes(": only "))).toEqual([
    expect.stringMatching(/^YubiKey \(2 models\): only /),
  ]);
});
