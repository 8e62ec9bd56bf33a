import type { JsonObject } from "../../../src/core/json.js";
import type { GroupId } from "../../../src/core/person.js";
import type { Intent, ListIntent } from "../../../src/core/policy/intent.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS } from "../../../src/core/policy/policy.js";
import { fc } from "../../setup/drawn.js";
import { DEFAULT_PROFILE, legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "./sample-policies.js";

/** A small world of models, so that lists and passkeys meet. */
export const MODELS: readonly Aaguid[] = [
  AUTHENTICATOR_IOS,
  AUTHENTICATOR_ANDROID,
  ...["a", "b", "c", "d"].map((letter) => `${letter.repeat(8)}-1111-4111-8111-111111111111` as Aaguid),
];
export const GROUPS: readonly string[] = ["1", "2", "3"].map(
  (digit) => `${digit.repeat(8)}-2222-4222-8222-222222222222`,
);

const spelled = fc
  .constantFrom(...MODELS)
  .chain((model) => fc.constantFrom(model as string, model.toUpperCase()));

const restrictions = fc.record({
  isEnforced: fc.boolean(),
  enforcementType: fc.constantFrom("allow", "block"),
  aaGuids: fc.array(spelled, { maxLength: 5 }),
});

const unknown = fc.dictionary(
  fc.constantFrom("newThing", "another", "__proto__", "constructor"),
  fc.jsonValue({ maxDepth: 1 }),
  {
    maxKeys: 2,
  },
);
const target = fc.constantFrom("all_users", ...GROUPS, GROUPS[0]?.toUpperCase() ?? "");
const excludes = fc.uniqueArray(fc.constantFrom(...GROUPS), { maxLength: 2 });
const common = {
  state: fc.constantFrom("enabled", "disabled"),
  isSelfServiceRegistrationAllowed: fc.boolean(),
  excludeTargets: excludes.map((ids) => ids.map((id) => ({ id, targetType: "group" }))),
};

const targets = (profiles: fc.Arbitrary<string[]>) =>
  fc.uniqueArray(
    fc.record({
      targetType: fc.constant("group"),
      id: target,
      isRegistrationRequired: fc.boolean(),
      allowedPasskeyProfiles: profiles,
    }),
    { maxLength: 3, selector: (entry) => entry.id.toLowerCase() },
  );

const legacy: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.record({
      ...common,
      isAttestationEnforced: fc.boolean(),
      keyRestrictions: restrictions,
      includeTargets: targets(fc.constant([])),
    }),
    unknown,
  )
  .map(([known, extra]) => legacyPolicy({ ...known, ...(extra as JsonObject) }));

const profile = (id: string) =>
  fc
    .tuple(
      fc.record({
        id: fc.constant(id),
        name: fc.constant(`profile ${id.slice(-2)}`),
        passkeyTypes: fc.constantFrom("deviceBound", "synced", "deviceBound,synced", "synced,deviceBound"),
        attestationEnforcement: fc.constantFrom("disabled", "registrationOnly"),
        keyRestrictions: restrictions,
      }),
      unknown,
    )
    .map(([known, extra]) => ({ ...(extra as JsonObject), ...known }));

const profiles: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.record({
      ...common,
      includeTargets: targets(fc.subarray([DEFAULT_PROFILE, SYNCED_PROFILE], { minLength: 1 })),
      passkeyProfiles: fc.tuple(profile(DEFAULT_PROFILE), profile(SYNCED_PROFILE)),
    }),
    unknown,
  )
  .map(([known, extra]) => profilesPolicy({ ...(extra as JsonObject), ...known }));

/** Any policy Graph might send, in either shape. */
export const anyPolicy: fc.Arbitrary<JsonObject> = fc.oneof(legacy, profiles);

const enable: fc.Arbitrary<Intent> = fc.record(
  {
    kind: fc.constant("enable" as const),
    restriction: fc.constantFrom("as-fits" as const, "allow-list" as const, "any" as const),
    authenticators: fc.constantFrom<readonly ("ios" | "android")[]>(["ios", "android"], ["ios"], ["android"]),
    attestation: fc.constantFrom("enforced" as const, "not-enforced" as const),
    targets: fc.oneof(
      fc.constant({ kind: "all-users" as const }),
      fc.uniqueArray(fc.constantFrom(...GROUPS), { minLength: 1, maxLength: 2 }).map((ids) => ({
        kind: "groups" as const,
        groups: ids.map((id) => ({ id: id as GroupId, name: id })),
      })),
    ),
  },
  { requiredKeys: ["kind", "restriction", "authenticators"] },
);

export const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  { weight: 5, arbitrary: enable },
  { weight: 1, arbitrary: fc.constant<Intent>({ kind: "disable" }) },
);

export const anyModels = fc.subarray([...MODELS]);

const someModels = fc.subarray([...MODELS], { minLength: 1 });

/** `allow` for some models or for those in use. */
export const anyAllow: fc.Arbitrary<ListIntent> = fc.oneof(
  someModels.map((aaguids): ListIntent => ({ kind: "allow", aaguids })),
  fc.constant<ListIntent>({ kind: "allow-in-use" }),
);

/** Any change of a list, of the default profile's where there are profiles. */
export const anyListIntent: fc.Arbitrary<ListIntent> = fc.oneof(
  anyAllow,
  someModels.map((aaguids): ListIntent => ({ kind: "remove", aaguids })),
);
