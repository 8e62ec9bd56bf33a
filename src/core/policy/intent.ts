import type { GroupId } from "../person.js";

export interface GroupRef {
  readonly id: GroupId;
  readonly name: string;
}

/** Whom passkeys are meant for, when the person said so. */
export type IntendedTargets =
  | { readonly kind: "all-users" }
  | { readonly kind: "groups"; readonly groups: readonly GroupRef[] };

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

export interface DisableIntent {
  readonly kind: "disable";
}

export type Intent = EnableIntent | DisableIntent;
