import type { JsonObject } from "../json.js";
import type { GroupId } from "../person.js";
import type { Aaguid, PasskeyType, Restriction } from "./policy.js";

/** A group that exists, with its name as it was when the requester named it. */
export interface GroupRef {
  readonly id: GroupId;
  readonly name: string;
}

/** Whom passkeys are meant for, when the person said so. */
export type IntendedTargets =
  | { readonly kind: "all-users" }
  | {
      readonly kind: "groups";
      readonly groups: readonly GroupRef[];
      /** For these groups alone. Left out: while passkeys are on, in addition to those who have them. */
      readonly only?: true;
    };

/**
 * What a command wants of the policy, independent of today's policy. A member that is left out means
 * "as it is today" (for a first enable, with the defaults of docs/adr/0012).
 */
export interface EnableIntent {
  readonly kind: "enable";
  readonly targets?: IntendedTargets;
  readonly attestation?: "enforced" | "not-enforced";
  /**
   * `as-fits`: an allow list, unless today's is a block list, which then stays one.
   * `allow-list`: an allow list even where there is a block list. `any`: no restriction.
   */
  readonly restriction: "as-fits" | "allow-list" | "any";
  readonly authenticators: readonly ("ios" | "android")[];
  /** Name or id of the profile to change; the default profile when left out. */
  readonly profile?: string;
}

/**
 * Changes whom passkeys are for, and nothing else: `add` and `remove` on the list of those they are for, `exclude` and
 * `include` on the list of exceptions, which wins.
 */
export interface GroupsIntent {
  readonly kind: "add-group" | "remove-group" | "exclude-group" | "include-group";
  readonly groups: readonly GroupRef[];
  /** Name or id of the profile that a group is given, or loses; exceptions have none. */
  readonly profile?: string;
}

/** No person is to use a passkey; everything else stays for a later enable. */
export interface DisableIntent {
  readonly kind: "disable";
}

/** These models may be used: on an allow list they are added, off a block list they are taken. */
export interface AllowIntent {
  readonly kind: "allow";
  readonly aaguids: readonly Aaguid[];
  /** Name or id of the profile to change; the default profile when left out. */
  readonly profile?: string;
  /** The profile is to admit this kind of passkey as well. Without profiles every kind is admitted. */
  readonly admits?: PasskeyType;
}

/** These models may no longer be used: the opposite of `allow`. */
export interface RemoveIntent {
  readonly kind: "remove";
  readonly aaguids: readonly Aaguid[];
  readonly profile?: string;
}

/** `allow` for every model that people have registered, whichever those are when the plan is made. */
export interface AllowInUseIntent {
  readonly kind: "allow-in-use";
  readonly profile?: string;
}

/**
 * The pilot's people stay, and these come in addition, with the profiles that the pilot has. Nothing else changes: not
 * the lists, not attestation.
 */
export interface PromoteIntent {
  readonly kind: "promote";
  readonly targets:
    | { readonly kind: "all-users" }
    | { readonly kind: "groups"; readonly groups: readonly GroupRef[] };
  /** The pilot, when it was named; left out: all groups that passkeys are for. */
  readonly from?: GroupRef;
  /** The one profile that they are given; left out: those of the pilot. */
  readonly profile?: string;
}

/** A further passkey profile, which no group has yet. */
export interface CreateProfileIntent {
  readonly kind: "create-profile";
  readonly name: string;
  readonly types: readonly PasskeyType[];
  readonly attestation: boolean;
  readonly restriction: Restriction;
}

/** Another name for a profile; its rules stay, and who has it. */
export interface RenameProfileIntent {
  readonly kind: "rename-profile";
  readonly profile: string;
  readonly name: string;
}

/** A profile that no group has any more goes. */
export interface DeleteProfileIntent {
  readonly kind: "delete-profile";
  readonly profile: string;
}

/** A profile is to admit a kind of passkey, or to admit it no longer. */
export interface KindIntent {
  readonly kind: "admit-kind" | "refuse-kind";
  readonly type: PasskeyType;
  /** Name or id of the profile to change; the default profile when left out. */
  readonly profile?: string;
}

/** A tenant with one set of rules opts in to passkey profiles, which cannot be taken back. */
export interface UseProfilesIntent {
  readonly kind: "use-profiles";
}

/** What makes, names, changes and deletes profiles, and begins with them. */
export type ProfileIntent =
  | CreateProfileIntent
  | RenameProfileIntent
  | DeleteProfileIntent
  | KindIntent
  | UseProfilesIntent;

/** Changes who is on the list of a restriction that is enforced, and nothing else. */
export type ListIntent = AllowIntent | RemoveIntent | AllowInUseIntent;

/**
 * Takes back what lies between two policies, and nothing else: where they differ, today's policy gets what `to` has.
 * What was changed elsewhere since stays.
 */
export interface RevertIntent {
  readonly kind: "revert";
  /** As Graph sent it, after what is to be taken back. */
  readonly from: JsonObject;
  /** As Graph sent it, before that. */
  readonly to: JsonObject;
  readonly of: TakenBack;
}

/** What a revert takes back. */
export type TakenBack =
  | { readonly kind: "plan"; readonly planNumber: number; readonly undone: UndoneIntent }
  | { readonly kind: "drift"; readonly driftNumber: number };

/** What the plan that is undone wanted; of a revert without its policies, which would nest from undo to undo. */
export type UndoneIntent = Exclude<Intent, RevertIntent> | Pick<RevertIntent, "kind" | "of">;

/** The groups that were looked up by name when a plan was asked for, or the one it takes back: its title names them. */
export function groupsOf(intent: UndoneIntent): readonly GroupRef[] {
  if (intent.kind === "revert") return intent.of.kind === "plan" ? groupsOf(intent.of.undone) : [];
  if ("groups" in intent) return intent.groups;
  const isForGroups = "targets" in intent && intent.targets?.kind === "groups";
  return isForGroups ? intent.targets.groups : [];
}

/** What a plan wants. */
export type Intent =
  | EnableIntent
  | DisableIntent
  | GroupsIntent
  | PromoteIntent
  | ProfileIntent
  | ListIntent
  | RevertIntent;

/** Whether what was wanted can be taken back once it is in force: from passkey profiles Microsoft offers no way back. */
export function canBeTakenBack({ kind }: Pick<Intent, "kind">): boolean {
  return kind !== "use-profiles";
}
