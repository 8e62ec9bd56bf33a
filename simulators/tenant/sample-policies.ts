import { MODEL, type SampleModel } from "./sample-authenticators.js";
import { SAMPLE_GROUPS } from "./sample-groups.js";
import { guidFor } from "./seeded-random.js";
import {
  DEFAULT_PROFILE,
  type SimIncludeTarget,
  type SimKeyRestrictions,
  type SimPolicy,
  type SimProfile,
} from "./simulated-tenant.js";

export const SYNCED_PROFILE = guidFor("profile synced");
const ADMINS_PROFILE = guidFor("profile admins");

const restrict = (
  isEnforced: boolean,
  enforcementType: "allow" | "block",
  ...models: readonly SampleModel[]
): SimKeyRestrictions => ({ isEnforced, enforcementType, aaGuids: models.map((model) => model.aaguid) });

const target = (id: string, ...allowedPasskeyProfiles: string[]): SimIncludeTarget => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

function profile(
  id: string,
  name: string,
  passkeyTypes: string,
  attested: boolean,
  keyRestrictions: SimKeyRestrictions,
): SimProfile {
  const attestationEnforcement = attested ? "registrationOnly" : "disabled";
  return { id, name, passkeyTypes, attestationEnforcement, keyRestrictions };
}

/** What Entra starts a tenant with: off, nothing restricted. */
function untouched(): SimPolicy {
  return {
    id: "Fido2",
    state: "disabled",
    isSelfServiceRegistrationAllowed: true,
    isAttestationEnforced: true,
    keyRestrictions: restrict(false, "block"),
    defaultPasskeyProfile: null,
    includeTargets: [target("all_users")],
    excludeTargets: [],
    passkeyProfiles: [],
  };
}

function withProfiles(...profiles: SimProfile[]): SimPolicy {
  return {
    ...untouched(),
    state: "enabled",
    defaultPasskeyProfile: DEFAULT_PROFILE,
    includeTargets: [target("all_users", DEFAULT_PROFILE)],
    passkeyProfiles: profiles,
  };
}

const defaultProfile = (restrictions: SimKeyRestrictions): SimProfile =>
  profile(DEFAULT_PROFILE, "Default passkey profile", "deviceBound,synced", false, restrictions);
const syncedProfile = (): SimProfile =>
  profile(
    SYNCED_PROFILE,
    "Synced",
    "synced",
    false,
    restrict(true, "allow", MODEL.icloud, MODEL.googlePasswords),
  );
const adminsProfile = (): SimProfile =>
  profile(
    ADMINS_PROFILE,
    "Administrators",
    "deviceBound",
    true,
    restrict(true, "allow", MODEL.yubikey5Nfc57),
  );
const inWideUse = [MODEL.yubikey5Nfc54, MODEL.yubikey5Nfc57, MODEL.yubikey5cNano, MODEL.authenticatorIos];

/** Policies to begin with, each with its story. Every call makes fresh objects. */
const PRESETS = {
  /** Never switched on: what Entra starts with. */
  "never-enabled": untouched,
  /** A pilot with two models of keys was switched off: enabling has a lot to say and cuts off nobody. */
  "paused-pilot": (): SimPolicy => ({
    ...untouched(),
    isSelfServiceRegistrationAllowed: false,
    keyRestrictions: restrict(true, "allow", MODEL.yubikey5Nfc54, MODEL.yubikey5cNano),
    includeTargets: [target(SAMPLE_GROUPS.pilot)],
    excludeTargets: [{ id: SAMPLE_GROUPS.breakGlass, targetType: "group" }],
  }),
  /** On, with an allow list that misses models in use. */
  "legacy-allow": (): SimPolicy => ({
    ...untouched(),
    state: "enabled",
    keyRestrictions: restrict(true, "allow", MODEL.yubikey5Nfc54, MODEL.yubikey5cNano, MODEL.securityKeyNfc),
  }),
  /** On, with a block list that holds Authenticator. */
  "legacy-block": (): SimPolicy => ({
    ...untouched(),
    state: "enabled",
    isAttestationEnforced: false,
    keyRestrictions: restrict(true, "block", MODEL.authenticatorAndroid, MODEL.unknownVendor),
  }),
  /** On, not restricted, though a list lies there: `isEnforced` is false. */
  "legacy-open": (): SimPolicy => ({
    ...untouched(),
    state: "enabled",
    isAttestationEnforced: false,
    keyRestrictions: restrict(false, "allow", MODEL.yubikey5Nfc54),
  }),
  /** Migrated: a default profile for all, and one for synced passkeys in the pilot. */
  profiles: (): SimPolicy => ({
    ...withProfiles(defaultProfile(restrict(true, "allow", ...inWideUse)), syncedProfile()),
    includeTargets: [
      target("all_users", DEFAULT_PROFILE),
      target(SAMPLE_GROUPS.pilot, DEFAULT_PROFILE, SYNCED_PROFILE),
    ],
  }),
  /** Migrated without any restriction. */
  "profiles-open": (): SimPolicy => withProfiles(defaultProfile(restrict(false, "allow"))),
  /** Migrated with a block list in the default profile. */
  "profiles-block": (): SimPolicy =>
    withProfiles(defaultProfile(restrict(true, "block", MODEL.authenticatorAndroid, MODEL.unknownVendor))),
  /** Migrated, then switched off. */
  "profiles-disabled": (): SimPolicy => ({
    ...withProfiles(defaultProfile(restrict(true, "allow", MODEL.yubikey5Nfc54))),
    state: "disabled",
  }),
  /** All three profiles taken. */
  "profiles-full": (): SimPolicy => ({
    ...withProfiles(defaultProfile(restrict(true, "allow", ...inWideUse)), syncedProfile(), adminsProfile()),
    includeTargets: [
      target("all_users", DEFAULT_PROFILE, SYNCED_PROFILE),
      target(SAMPLE_GROUPS.securityTeam, ADMINS_PROFILE),
    ],
  }),
  /** So many models listed that a few more would pass Graph's limit of 20 KB. */
  "near-limit": (): SimPolicy => {
    const aaGuids = Array.from({ length: 480 }, (_, index) => guidFor(`listed model ${index}`));
    return withProfiles(defaultProfile({ isEnforced: true, enforcementType: "allow", aaGuids }));
  },
} as const satisfies Record<string, () => SimPolicy>;

export type SamplePolicyName = keyof typeof PRESETS;
export const SAMPLE_POLICY_NAMES = Object.keys(PRESETS) as readonly SamplePolicyName[];

export function samplePolicy(name: SamplePolicyName): SimPolicy {
  return PRESETS[name]();
}
