import type { JsonObject } from "../../../../src/core/json.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { anyPolicy } from "../../../core/policy/arbitrary-policy.js";
import { legacyPolicy, profilesPolicy } from "../../../core/policy/sample-policies.js";
import { fc } from "../../../setup/drawn.js";

const id = (kind: number, at: number): string =>
  `${String(at).padStart(8, "0")}-${kind}000-4000-8000-000000000000`;
const many = (kind: number, count: number) => Array.from({ length: count }, (_, at) => id(kind, at));

const PROFILES = many(1, 3);
export const GROUPS = many(2, 30);
export const MODELS = many(3, 60);

/** Names nothing else on a card has in it, in characters that Markdown would take for its own. */
export const nameOf = (each: string): string => `*N_${each.slice(0, 8)}k${each.slice(9, 10)}* [x](y)`;

/** Text that formats, hides, turns the writing direction, or is longer than a line. */
const oddText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("a b", "a  b", "a\u00a0b", "a\u200bb", " a", "{{DATE(x)}}", "**a**", "\n\n- a", "\u202ea"),
  fc.integer({ min: 50, max: 900 }).map((length) => "`\u{1f511}".repeat(length / 2)),
);
const oddJson = fc.oneof(oddText, fc.jsonValue({ maxDepth: 2 }), fc.array(oddText, { maxLength: 3 }));
const unnamed = fc.dictionary(
  fc.constantFrom("newThing", "another", "with blank", "**bold**", ...many(4, 20).map((each) => `x${each}`)),
  oddJson,
  { maxKeys: 20 },
);

const restrictions = fc.record({
  isEnforced: fc.boolean(),
  enforcementType: fc.constantFrom("allow", "block"),
  aaGuids: fc.subarray(MODELS),
});
const common = {
  state: fc.constantFrom("enabled", "disabled"),
  isSelfServiceRegistrationAllowed: fc.boolean(),
  excludeTargets: fc.subarray(GROUPS).map((ids) => ids.map((each) => ({ id: each, targetType: "group" }))),
};
const targets = (profiles: fc.Arbitrary<string[]>) =>
  fc.subarray(["all_users", ...GROUPS]).chain((ids) =>
    fc.tuple(
      ...ids.map((each) =>
        fc.record({
          targetType: fc.constant("group"),
          id: fc.constant(each),
          isRegistrationRequired: fc.boolean(),
          allowedPasskeyProfiles: profiles,
        }),
      ),
    ),
  );
const largeLegacy = fc
  .tuple(
    fc.record({
      ...common,
      isAttestationEnforced: fc.boolean(),
      keyRestrictions: restrictions,
      includeTargets: targets(fc.constant([])),
    }),
    unnamed,
  )
  .map(([known, extra]) => legacyPolicy({ ...(extra as JsonObject), ...(known as unknown as JsonObject) }));
const profile = (each: string) =>
  fc
    .tuple(
      fc.record({
        passkeyTypes: fc.constantFrom("deviceBound", "synced", "deviceBound,synced"),
        attestationEnforcement: fc.constantFrom("disabled", "registrationOnly"),
        keyRestrictions: restrictions,
      }),
      unnamed,
    )
    .map(([known, extra]) => ({ ...(extra as JsonObject), id: each, name: nameOf(each), ...known }));
const largeProfiles = fc
  .subarray(PROFILES, { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      fc.record({
        ...common,
        defaultPasskeyProfile: fc.constantFrom(...ids),
        includeTargets: targets(fc.subarray([...ids])),
        passkeyProfiles: fc.tuple(...ids.map(profile)),
      }),
      unnamed,
    ),
  )
  .map(([known, extra]) => profilesPolicy({ ...(extra as JsonObject), ...(known as unknown as JsonObject) }));

const pairs = fc.oneof(
  fc.tuple(anyPolicy, anyPolicy),
  fc.tuple(largeLegacy, largeLegacy),
  fc.tuple(largeProfiles, largeProfiles),
  fc.tuple(largeLegacy, largeProfiles),
);

/** Two policies that differ, in either shape: what is before, and what is after. */
export const anyDifference: fc.Arbitrary<readonly [JsonObject, JsonObject]> = pairs.filter(
  ([before, after]) => diffPolicies(parsePolicy(before), parsePolicy(after)).length > 0,
);
