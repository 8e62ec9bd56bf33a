import type { GroupRef } from "./intent.js";

/** What Entra knows a group as. Passkeys can be registered by the people of security groups only. */
export type GroupKind = "security" | "microsoft-365" | "distribution";

/** A group as Graph describes it. */
export interface Group extends GroupRef {
  readonly kind: GroupKind;
  /** Whether rights can be given to its people; a Microsoft 365 group may be a security group as well. */
  readonly securityEnabled: boolean;
  readonly mail?: string;
  /** What its owner says it is for. */
  readonly description?: string;
  readonly createdAt?: string;
}

/** What was read of a group when it was named: kept, so that card and evidence say the same. */
export interface GroupFacts {
  /** Users in it, those of groups within it included. Absent: it could not be read. */
  readonly people?: number;
  /** What it is, where it is no security group: passkeys cannot be registered through it. */
  readonly notSecurity?: Exclude<GroupKind, "security">;
}

/** The groups a text may mention. */
export interface NamedGroups {
  /** Object id -> display name; a group that no longer exists is left out. */
  readonly groupNames: Readonly<Record<string, string>>;
  /** Object id -> what was read of it; absent in what was stored before there was any. */
  readonly groupFacts?: Readonly<Record<string, GroupFacts>>;
}

/** A name that no group has, and what the person may have meant by it. */
export interface UnknownGroup {
  readonly name: string;
  /** Groups whose names are a slip or two away, the nearest first. */
  readonly near?: readonly GroupRef[];
  /** What is called so instead, without the words around the name. */
  readonly instead?: { readonly kind: "person" | "model"; readonly name: string };
}
