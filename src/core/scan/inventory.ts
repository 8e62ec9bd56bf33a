import type { ConversationId, Instant, Person, PersonId } from "../person.js";
import type { Aaguid, PasskeyType } from "../policy/policy.js";

/** One passkey a person registered. */
export interface RegisteredPasskey {
  readonly aaguid: Aaguid;
  /** Graph's own words for the model; often empty. */
  readonly model: string | undefined;
  /** undefined: Graph did not say; then either is assumed possible. */
  readonly type: PasskeyType | undefined;
  readonly attested: boolean | undefined;
}

export interface AccountRef {
  readonly id: PersonId;
  readonly name: string;
  readonly isAdmin: boolean;
}

/** A person and every passkey registered for them. */
export interface Keyholder extends AccountRef {
  readonly passkeys: readonly RegisteredPasskey[];
}

/** A person whose passkeys could not be read: the scan is incomplete while there is one. */
export interface UnreadPerson extends AccountRef {
  readonly why: string;
}

/** What Graph said about one person, in the end. */
export type PasskeyAnswer =
  | { readonly kind: "read"; readonly account: AccountRef; readonly passkeys: readonly RegisteredPasskey[] }
  | { readonly kind: "gone"; readonly account: AccountRef }
  | { readonly kind: "failed"; readonly account: AccountRef; readonly why: string };

/** How much one model is used. */
export interface ModelInUse {
  readonly aaguid: Aaguid;
  /** Graph's own words for the model, when it had any. */
  readonly hint?: string;
  readonly people: number;
  readonly passkeys: number;
  /** Passkeys by type; `unsaid`: Graph did not tell. */
  readonly types: { readonly deviceBound: number; readonly synced: number; readonly unsaid: number };
  /** Passkeys that proved their model when they were registered, and those that did not. */
  readonly attested: { readonly yes: number; readonly no: number; readonly unsaid: number };
}

/** `report`: Entra's registration report. `all-users`: every enabled account, for tenants without P1/P2. */
export type LicencePath = "report" | "all-users";

/** How many accounts a tenant has. */
export interface AccountCounts {
  readonly enabled: number;
  readonly disabled: number;
  /** Of the enabled ones, the guests; absent: not counted, or a scan of an earlier version. */
  readonly guests?: number;
}

/** A person who is to see how a scan goes, and where. */
export interface ScanAsker {
  readonly person: Person;
  readonly conversation: ConversationId;
  /** `at-once`: asked for the scan itself. `when-slow`: waits for something else, and sees a scan only if it takes long. */
  readonly shows: "at-once" | "when-slow";
}

/**
 * What one scan found, with its coverage. The people themselves stay in the store (`ScanStore.keyholders`): there
 * may be a hundred thousand of them.
 */
export interface Inventory {
  readonly scanId: string;
  /** `full`: every person was read. `changes`: those who changed; the others were carried over from the scan before. */
  readonly kind: "full" | "changes";
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** When the last full scan that this one rests on began. */
  readonly fullSince: Instant;
  readonly path: LicencePath;
  /** People asked about: read, carried over, gone and unread. */
  readonly asked: number;
  /** Of them, carried over from the scan before. */
  readonly carried: number;
  /** People with at least one passkey. */
  readonly keyholders: number;
  /** People deleted between the report and the read (404): complete all the same. */
  readonly gone: number;
  readonly unreadCount: number;
  /** The first of those who could not be read, administrators first, then by name; all of them are in the store. */
  readonly unread: readonly UnreadPerson[];
  /** Every model in use, most people first. */
  readonly models: readonly ModelInUse[];
  /** Names the report used for passkeys, as it wrote them. */
  readonly methods: readonly string[];
  /** Whether people who registered too lately for the report (up to 36 h) were taken from the audit log. */
  readonly recentIncluded: boolean;
  /** Entries of Entra's report and audit log of which it could not be told whom they are about; absent: none. */
  readonly oddEntries?: number;
  /** How many accounts there were at the last full scan; absent: not counted, or a scan of an earlier version. */
  readonly accounts?: AccountCounts;
  /** Rows of the registration report at the last full scan: whom it leaves out, no scan by it can know. Absent likewise. */
  readonly reportRows?: number;
  /** From when on the audit log was read for it. */
  readonly changesSince: Instant;
  /** Who asked for it or joined it, and where; empty where Latchkey began it and no person joined. */
  readonly askers: readonly ScanAsker[];
  /** Latchkey began it by itself, because its time had come; absent: a person did. */
  readonly begunBy?: "latchkey";
  /** SHA-256 (hex) over everybody with a passkey; absent in scans of earlier versions. */
  readonly peopleHash?: string;
  /** The number of the record of its end: added by the store. */
  readonly recordedAs?: number;
}

export function isComplete(inventory: Pick<Inventory, "unreadCount">): boolean {
  return inventory.unreadCount === 0;
}
