import { describe, expect, it } from "vitest";
import { isAllowed } from "../../../src/core/report/is-allowed.js";
import { ProposalStory } from "../plan/proposal-story.js";
import { legacyPolicy, profilesPolicy, YUBIKEY_5C } from "../policy/sample-policies.js";

const list = (enforcementType: string, aaGuids: readonly string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType, aaGuids },
});

async function verdicts(policy: ReturnType<typeof legacyPolicy>) {
  const { world, rules } = new ProposalStory();
  world.policy = policy;
  const report = await isAllowed(world.ports, rules, YUBIKEY_5C);
  return report.kind === "is-allowed" ? report.models.map((each) => each.rules) : report;
}

describe("whether a model is allowed", () => {
  it.each([
    ["allow", [YUBIKEY_5C], "listed"],
    ["allow", ["833b721a-ff5f-4d00-bb2e-bdda3ec01e29"], "not-listed"],
    ["block", [YUBIKEY_5C], "blocked"],
    ["block", ["833b721a-ff5f-4d00-bb2e-bdda3ec01e29"], "not-blocked"],
  ])("by a list that is to %s %j it is %s", async (type, aaguids, verdict) => {
    expect(await verdicts(legacyPolicy(list(type, aaguids)))).toEqual([[{ verdict }]]);
  });

  it("is told profile by profile", async () => {
    const [rules] = (await verdicts(profilesPolicy())) as readonly (readonly object[])[];
    expect(rules?.length).toBeGreaterThan(1);
    for (const each of rules ?? []) expect(each).toHaveProperty("profile");
  });
});
