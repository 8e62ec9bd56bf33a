import type { Instant } from "../person.js";
import type { Aaguid } from "../policy/policy.js";
import type { AccountCounts, AccountRef, Inventory, LicencePath, UnreadPerson } from "../scan/inventory.js";

/** How much of the tenant the impact rests on. */
export interface Coverage {
  readonly scanId: string;
  readonly kind: Inventory["kind"];
  /** When the scan began: what happened since is not in it, so this is what its age is counted from. */
  readonly from: Instant;
  /** When it ended. */
  readonly at: Instant;
  /** When the last full scan that it rests on began: what was taken over may be as old as that. */
  readonly fullSince: Instant;
  readonly path: LicencePath;
  readonly complete: boolean;
  readonly asked: number;
  readonly carried: number;
  readonly gone: number;
  readonly unreadCount: number;
  /** The first of those who could not be read. */
  readonly unread: readonly UnreadPerson[];
  readonly keyholders: number;
  readonly recentIncluded: boolean;
  /** Entries of Entra's report and audit log of which it could not be told whom they are about; absent: none. */
  readonly oddEntries?: number;
  /** As in the scan, likewise absent. */
  readonly accounts?: AccountCounts;
  readonly reportRows?: number;
  /** As in the scan: absent where an earlier version made it. */
  readonly peopleHash?: string;
  readonly recordedAs?: number;
}

/** A person a plan takes a working passkey from. */
export interface AffectedPerson extends AccountRef {
  /** One of the accounts that must never be cut off. */
  readonly emergency?: true;
  /** Models of the passkeys that would stop working for this person. */
  readonly models: readonly Aaguid[];
}

/** Who could sign in with a passkey before and could not after, and the reverse. */
export interface Impact {
  /**
   * True when the policy alone could take a working passkey from a person.
   * Such a plan is approvable only on a complete, fresh scan.
   */
  readonly narrows: boolean;
  /** Had a usable passkey and would have none. Emergency accounts first, then administrators, then by name. */
  readonly losing: readonly AffectedPerson[];
  /** Lose some passkey and keep another that works; in the same order. */
  readonly keepingAnother: readonly AffectedPerson[];
  /** Had no usable passkey among those registered and would have one. */
  readonly regaining: number;
  /** Models that people use and that stop working for someone, most people first. */
  readonly modelsCutOff: readonly ModelUse[];
  readonly coverage: Coverage;
}

/** How many people use a model. */
export interface ModelUse {
  readonly aaguid: Aaguid;
  readonly people: number;
}
