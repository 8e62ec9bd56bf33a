import type { JsonObject } from "../json.js";

/** Authenticator Attestation GUID, lower case: names the model that made a passkey. */
export type Aaguid = string & { readonly aaguid: unique symbol };

/** Microsoft Authenticator; source: Microsoft Learn, "Enable passkeys in Microsoft Authenticator". */
export const AUTHENTICATOR_IOS = "90a3ccdf-635c-4729-a248-9b709135078f" as Aaguid;
export const AUTHENTICATOR_ANDROID = "de1e552d-db1d-4423-a619-566b625cdc84" as Aaguid;
/** What a platform that does not attest reports: it names no model, so it is never put on a list. */
export const NO_AAGUID = "00000000-0000-0000-0000-000000000000" as Aaguid;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The AAGUID in the one spelling we compare in, or undefined when the text is no GUID. */
export function toAaguid(text: string): Aaguid | undefined {
  const lower = text.trim().toLowerCase();
  return GUID.test(lower) ? (lower as Aaguid) : undefined;
}

/** Which models may be used. `any` means: not enforced, even if the list holds models. */
export type Restriction =
  | { readonly mode: "any" }
  | { readonly mode: "allow"; readonly aaguids: readonly Aaguid[] }
  | { readonly mode: "block"; readonly aaguids: readonly Aaguid[] };

/** Where a passkey lives: on one device, or copied to several. */
export type PasskeyType = "deviceBound" | "synced";

/** What one profile (or the legacy top level) demands of a passkey. */
export interface PasskeyRules {
  readonly attestationEnforced: boolean;
  /** Checked at sign-in as well as at registration. */
  readonly types: readonly PasskeyType[];
  /** Words for kinds of passkey that this version does not know, as Graph says them. */
  readonly otherTypes?: readonly string[];
  /** How attestation is enforced, where that is neither of the ways that this version knows, as Graph says it. */
  readonly otherAttestation?: string;
  /** Checked at sign-in as well as at registration. */
  readonly restriction: Restriction;
}

/** A set of rules with a name, for the people of the targets that name it. */
export interface PasskeyProfile extends PasskeyRules {
  readonly id: string;
  readonly name: string;
}

/** `all_users`, or the object id of a group (lower case). */
export interface IncludeTarget {
  readonly id: string;
  /** Ids of the profiles people in this target may use; empty in the legacy shape. */
  readonly profiles: readonly string[];
}

interface PolicyCommon {
  readonly state: "enabled" | "disabled";
  readonly selfService: boolean;
  readonly include: readonly IncludeTarget[];
  /** Group ids (lower case); an excluded group wins over every include. */
  readonly exclude: readonly string[];
  /** The configuration exactly as Graph sent it. Every edit is an edit of this, so nothing unknown is lost. */
  readonly raw: JsonObject;
}

/** A tenant before passkey profiles: one set of rules at the top level. */
export interface LegacyPolicy extends PolicyCommon, PasskeyRules {
  readonly shape: "legacy";
}

/** A tenant with passkey profiles; the deprecated top-level pair only mirrors the default profile. */
export interface ProfilesPolicy extends PolicyCommon {
  readonly shape: "profiles";
  readonly defaultProfile: string;
  readonly profiles: readonly PasskeyProfile[];
}

/** The tenant's `fido2AuthenticationMethodConfiguration`, in either of its two shapes. */
export type Policy = LegacyPolicy | ProfilesPolicy;

/** The id of the target that is all users. */
export const ALL_USERS = "all_users";
