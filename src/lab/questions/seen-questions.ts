import { canonicalJson } from "../../core/json.js";
import { hasProfiles } from "../../core/policy/comparable-policy.js";
import type { FactId } from "../../facts/facts.js";
import { defaultProfile } from "../policy-shape.js";
import { type SeenQuestion, settled, unsettled } from "../question.js";

/** About the policy as it is found. */
export const SEEN_QUESTIONS = {
  navigation: {
    kind: "seen",
    asks: "nothing more than the GET by which the policy is saved",
    see: (plain) =>
      "includeTargets" in plain && "passkeyProfiles" in plain
        ? settled("always", "200; both were there")
        : settled("when-expanded", "200; one or both were missing without $expand"),
  },
  deprecatedPair: {
    kind: "seen",
    asks: "nothing more than the GET by which the policy is saved",
    see: (_, whole) => {
      if (!hasProfiles(whole)) return unsettled("the tenant has no profiles");
      const pair = [whole.isAttestationEnforced, whole.keyRestrictions];
      if (pair.every((member) => member === undefined)) return settled("absent", "200; neither was there");
      if (pair.every((member) => member === null)) return settled("null", "200; both were null");
      const profile = defaultProfile(whole);
      const mirrored = [
        profile?.attestationEnforcement === "registrationOnly",
        profile?.keyRestrictions ?? null,
      ];
      return canonicalJson(pair.map((member) => member ?? null)) === canonicalJson(mirrored)
        ? settled("mirrored", "200; both said what the default profile says")
        : unsettled("the pair said something else than the default profile");
    },
  },
} as const satisfies Partial<Record<FactId, SeenQuestion>>;
