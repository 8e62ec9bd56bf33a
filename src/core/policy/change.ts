import type { Json } from "../json.js";
import type { Aaguid, IncludeTarget, PasskeyType, Restriction } from "./policy.js";

/** The profile a line is about; absent in the legacy shape. */
export interface ProfileRef {
  readonly id: string;
  readonly name: string;
}

/** One line of a diff: a setting that differs between two policies. Data only; cards put it in words. */
export type PolicyChange =
  | {
      readonly setting: "state";
      readonly before: "enabled" | "disabled";
      readonly after: "enabled" | "disabled";
    }
  | { readonly setting: "self-service"; readonly before: boolean; readonly after: boolean }
  | {
      readonly setting: "include";
      readonly before: readonly IncludeTarget[];
      readonly after: readonly IncludeTarget[];
    }
  | { readonly setting: "exclude"; readonly before: readonly string[]; readonly after: readonly string[] }
  | {
      readonly setting: "attestation";
      readonly profile?: ProfileRef;
      readonly before: boolean;
      readonly after: boolean;
    }
  | {
      readonly setting: "types";
      readonly profile?: ProfileRef;
      readonly before: readonly PasskeyType[];
      readonly after: readonly PasskeyType[];
    }
  | {
      readonly setting: "restriction";
      readonly profile?: ProfileRef;
      readonly before: Restriction;
      readonly after: Restriction;
      /** Entries the list gained and lost; on a change of mode, against an empty list. */
      readonly added: readonly Aaguid[];
      readonly removed: readonly Aaguid[];
    }
  | { readonly setting: "profile-added"; readonly profile: ProfileRef }
  | { readonly setting: "profile-removed"; readonly profile: ProfileRef }
  /** `profile` has the name of after. */
  | {
      readonly setting: "profile-name";
      readonly profile: ProfileRef;
      readonly before: string;
      readonly after: string;
    }
  /** A property this version does not know by name. */
  | { readonly setting: "other"; readonly path: string; readonly before: Json; readonly after: Json };
