import type { JsonObject } from "../../../src/core/json.js";

export const YUBIKEY_5_NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
export const YUBIKEY_5C = "c5ef55ff-ad9a-4b9f-b580-adebafe026d0";
export const ICLOUD = "fbfc3007-154e-4ecc-8c0b-6e020557d7bd";
export const IOS = "90a3ccdf-635c-4729-a248-9b709135078f";
export const ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84";
export const ZERO = "00000000-0000-0000-0000-000000000000";
export const DEFAULT_PROFILE = "00000000-0000-0000-0000-000000000001";
export const SYNCED_PROFILE = "e47a833c-5dfa-45f1-9471-bb0cf0eb425b";

/** A tenant before passkey profiles, as Graph sends it. */
export function legacyPolicy(change: JsonObject = {}): JsonObject {
  return {
    "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#x",
    "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
    id: "Fido2",
    state: "enabled",
    isSelfServiceRegistrationAllowed: true,
    isAttestationEnforced: true,
    defaultPasskeyProfile: null,
    excludeTargets: [],
    keyRestrictions: { isEnforced: false, enforcementType: "block", aaGuids: [] },
    "includeTargets@odata.context": "https://graph.microsoft.com/v1.0/$metadata#y",
    includeTargets: [
      { targetType: "group", id: "all_users", isRegistrationRequired: false, allowedPasskeyProfiles: [] },
    ],
    passkeyProfiles: [],
    ...change,
  };
}

/** A tenant with two profiles, as Graph sends it. */
export function profilesPolicy(change: JsonObject = {}, defaultProfile: JsonObject = {}): JsonObject {
  return {
    ...legacyPolicy(),
    isAttestationEnforced: true,
    keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [YUBIKEY_5_NFC] },
    defaultPasskeyProfile: DEFAULT_PROFILE,
    includeTargets: [
      {
        id: "all_users",
        targetType: "group",
        isRegistrationRequired: false,
        allowedPasskeyProfiles: [DEFAULT_PROFILE, SYNCED_PROFILE],
      },
    ],
    passkeyProfiles: [
      {
        id: DEFAULT_PROFILE,
        name: "Default passkey profile",
        passkeyTypes: "deviceBound,synced",
        attestationEnforcement: "registrationOnly",
        keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [YUBIKEY_5_NFC] },
        ...defaultProfile,
      },
      {
        id: SYNCED_PROFILE,
        name: "synced",
        passkeyTypes: "synced",
        attestationEnforcement: "disabled",
        keyRestrictions: {
          isEnforced: false,
          enforcementType: "allow",
          aaGuids: [ICLOUD.toUpperCase(), ICLOUD],
        },
        somethingNew: { kept: [1, 2, { deep: null }] },
      },
    ],
    ...change,
  };
}
