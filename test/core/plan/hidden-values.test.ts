import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { hiddenValueIn } from "../../../src/core/policy/hidden-values.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { legacyPolicy, profilesPolicy } from "../policy/sample-policies.js";
import { ProposalStory } from "./proposal-story.js";

const HIDDEN = "unknownFutureValue";
const restrictions = (isEnforced: boolean) => ({ isEnforced, enforcementType: HIDDEN, aaGuids: [] });
const target = { id: "11111111-2222-4222-8222-222222222222", targetType: HIDDEN };
const included = { ...target, isRegistrationRequired: false, allowedPasskeyProfiles: [] };

/** Each enumeration of the policy, with a word that Graph hides in it. */
const HIDDEN_WORDS: readonly (readonly [string, JsonObject])[] = [
  ["state", legacyPolicy({ state: HIDDEN })],
  ["keyRestrictions.enforcementType", legacyPolicy({ keyRestrictions: restrictions(true) })],
  ["keyRestrictions.enforcementType", legacyPolicy({ keyRestrictions: restrictions(false) })],
  ["includeTargets.targetType", legacyPolicy({ includeTargets: [included] })],
  ["excludeTargets.targetType", legacyPolicy({ excludeTargets: [target] })],
  ["passkeyProfiles.passkeyTypes", profilesPolicy({}, { passkeyTypes: `deviceBound,${HIDDEN}` })],
  ["passkeyProfiles.passkeyTypes", profilesPolicy({}, { passkeyTypes: HIDDEN })],
  ["passkeyProfiles.attestationEnforcement", profilesPolicy({}, { attestationEnforcement: HIDDEN })],
  [
    "passkeyProfiles.keyRestrictions.enforcementType",
    profilesPolicy({}, { keyRestrictions: restrictions(true) }),
  ],
  [
    "passkeyProfiles.keyRestrictions.enforcementType",
    profilesPolicy({}, { keyRestrictions: restrictions(false) }),
  ],
  ["somethingLater.level", legacyPolicy({ somethingLater: { level: HIDDEN } })],
];

let story: ProposalStory;
beforeEach(() => {
  story = new ProposalStory();
});

describe("a policy of which Graph hides a word", () => {
  it.each(HIDDEN_WORDS)("is planned over by nobody: %s", async (member, policy) => {
    story.world.policy = policy;
    await expect(story.propose()).rejects.toMatchObject({
      code: "policy-unreadable",
      message: expect.stringMatching(new RegExp(`${member} .*${HIDDEN}`)),
    });
    expect(story.world.announced).toEqual([]);
  });

  it.each(HIDDEN_WORDS)("is not written over, though it was approved before: %s", async (_, policy) => {
    const plan = await story.planned();
    story.world.policy = policy;
    await story.approve(plan).catch((error: unknown) => {
      expect(error).toMatchObject({ code: "policy-unreadable" });
    });
    expect(story.world.patches).toEqual([]);
    const { tenantId, plans } = { ...story.rules, ...story.world.ports };
    expect(await plans.find(tenantId, plan.number)).toMatchObject({ state: { kind: "waiting" } });
  });

  it("is one only where an enumeration says so: people name profiles, and Graph annotates", () => {
    expect(hiddenValueIn(profilesPolicy({}, { name: HIDDEN }))).toBeUndefined();
    expect(hiddenValueIn({ "@odata.context": HIDDEN, state: "enabled" })).toBeUndefined();
    expect(hiddenValueIn({ a: [{ b: `x, ${HIDDEN}` }] })).toBe("a.b");
  });
});

describe("a word that a later Graph says", () => {
  const today = profilesPolicy();
  const later = profilesPolicy({}, { passkeyTypes: "deviceBound,hybrid", attestationEnforcement: "always" });

  it("is there to be shown as it is", () => {
    const [standard] = (parsePolicy(later) as Extract<ReturnType<typeof parsePolicy>, { shape: "profiles" }>)
      .profiles;
    expect(standard).toMatchObject({
      types: ["deviceBound"],
      otherTypes: ["hybrid"],
      attestationEnforced: true,
      otherAttestation: "always",
    });
  });

  it("is a difference, and no other is made of it", () => {
    const paths = diffPolicies(parsePolicy(today), parsePolicy(later)).map((change) =>
      change.setting === "other" ? change.path : change.setting,
    );
    expect(paths).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/passkeyTypes$/),
        expect.stringMatching(/attestationEnforcement$/),
      ]),
    );
    expect(diffPolicies(parsePolicy(later), parsePolicy(structuredClone(later)))).toEqual([]);
  });

  it("stays as it is in a plan that is about something else", async () => {
    story.world.policy = later;
    const plan = await story.propose({ authenticators: ["ios"] });
    const after = (plan as { proposal: { after: JsonObject } }).proposal.after;
    const [standard] = after.passkeyProfiles as readonly JsonObject[];
    expect(standard).toMatchObject({ passkeyTypes: "deviceBound,hybrid", attestationEnforcement: "always" });
  });
});
