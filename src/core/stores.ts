import type { AuditEntry, AuditRecord } from "./audit/record.js";
import type { ChangeCommand } from "./command/command.js";
import type { AccountRef, Inventory, Keyholder, PasskeyAnswer, UnreadPerson } from "./inventory/inventory.js";
import type { Scan, ScanCounts } from "./inventory/scan.js";
import type { JsonObject } from "./json.js";
import type { ConversationId, Instant, Person, TenantId } from "./person.js";
import type { Plan, PlanDraft } from "./plan/plan.js";

// What is kept, as the core sees it.

export interface PlanStore {
  /** Numbers and stores a new plan together with its records. */
  create(draft: PlanDraft, records: readonly UnnumberedEntry[]): Promise<Plan>;
  /**
   * The same for what waited for a scan, which is removed in the same transaction: so there is one plan, whatever
   * happens in between. undefined: it was answered already.
   */
  createFor(
    waitingId: string,
    draft: PlanDraft,
    records: readonly UnnumberedEntry[],
  ): Promise<Plan | undefined>;
  find(tenant: TenantId, number: number): Promise<Plan | undefined>;
  /** Plans in state waiting, applying or unknown, oldest first. */
  open(tenant: TenantId): Promise<readonly Plan[]>;
  /**
   * Compare-and-set, with the records in the same transaction: stores `next` as version `next.version + 1`
   * if the stored version is still `next.version`. `busy`: another plan of the tenant is being applied.
   */
  replace(next: Plan, records: readonly AuditEntry[]): Promise<Replaced>;
}
export type UnnumberedEntry = Omit<AuditEntry, "planNumber">;
export type Replaced =
  | { readonly kind: "replaced"; readonly plan: Plan; readonly records: readonly AuditRecord[] }
  | { readonly kind: "conflict" }
  | { readonly kind: "busy" };

export interface AuditLog {
  append(entry: AuditEntry): Promise<AuditRecord>;
  /** In order of sequence, from `fromSequence` (default 1), at most `limit` (default 1000). */
  read(
    tenant: TenantId,
    options?: { fromSequence?: number; limit?: number },
  ): Promise<readonly AuditRecord[]>;
}

/** Scans: the one under way, person by person, and what the last ones found. */
export interface ScanStore {
  /** Stores a new scan, unless one is running in the tenant: then that one is returned, with the askers added. */
  begin(scan: Scan): Promise<{ readonly scan: Scan; readonly joined: boolean }>;
  running(tenant: TenantId): Promise<Scan | undefined>;
  /**
   * Adds people to read, and stores how far the listing has got, in one transaction. Somebody who is in the scan
   * already only gets a better name.
   * @param carry take over from the scan's base whoever was read there, instead of reading them
   */
  addPeople(scan: Scan, people: readonly AccountRef[], options: { readonly carry: boolean }): Promise<void>;
  /** Adds those of the base who have passkeys or could not be read, and are not in the scan. Stores the listing too. */
  addMissing(scan: Scan): Promise<void>;
  /** People who are still to be read, in the order in which they came, after a position (0: from the start). */
  pending(scan: Scan, after: number, limit: number): Promise<readonly PendingPerson[]>;
  /** Keeps what was learned about people. */
  settle(scan: Scan, answers: readonly PasskeyAnswer[]): Promise<void>;
  counts(scan: Scan): Promise<ScanCounts>;
  /** Ends the scan; from now on it is the tenant's latest. Scans nobody needs any more go. @returns it with all its askers */
  finish(scan: Scan, inventory: Inventory): Promise<Scan>;
  /** Ends the scan without a result. undefined: it had ended already. */
  discard(scan: Pick<Scan, "tenantId" | "scanId">): Promise<Scan | undefined>;
  latest(tenant: TenantId): Promise<Inventory | undefined>;
  latestComplete(tenant: TenantId): Promise<Inventory | undefined>;
  /** Everybody with a passkey by that scan, in pages, by id. */
  keyholders(tenant: TenantId, scanId: string): AsyncIterable<readonly Keyholder[]>;
  /** Those who could not be read: administrators first, then by name. */
  unread(tenant: TenantId, scanId: string, limit: number): Promise<readonly UnreadPerson[]>;
}

export interface PendingPerson {
  /** Grows with every person added. */
  readonly position: number;
  readonly account: AccountRef;
}

/** What somebody asked for and a scan has to come first. */
export type WaitingForScan = {
  /** Names what waits, in all tenants. */
  readonly id: string;
  readonly tenantId: TenantId;
  readonly person: Person;
  readonly conversation: ConversationId;
  readonly askedAt: Instant;
} & (
  | { readonly kind: "propose"; readonly command: ChangeCommand; readonly typed: string }
  /** The plan is to be made anew on the new scan. */
  | { readonly kind: "revise"; readonly planNumber: number }
);

export interface WaitingStore {
  /** Adds it, unless something of that id waits already. */
  add(waiting: WaitingForScan): Promise<void>;
  /** Oldest first. */
  all(tenant: TenantId): Promise<readonly WaitingForScan[]>;
  remove(id: string): Promise<void>;
}

/** A conversation the bot has been spoken to in or installed in, and how to reach it. */
export interface Conversation {
  readonly id: ConversationId;
  readonly tenantId: TenantId;
  readonly kind: "personal" | "group" | "channel";
  /** The person, for a personal chat. */
  readonly person?: Person;
  /** The channel's reference for proactive messages; opaque outside `teams/`. */
  readonly reference: JsonObject;
  /** Set by an approver with `approvals here`. */
  readonly approvalRoom: boolean;
}

export interface ConversationStore {
  /** Adds the conversation or refreshes its reference; keeps `approvalRoom` as it was. */
  remember(conversation: Omit<Conversation, "approvalRoom">): Promise<void>;
  find(id: ConversationId): Promise<Conversation | undefined>;
  /** All of a tenant's conversations of the given sort. */
  approvalRooms(tenant: TenantId): Promise<readonly Conversation[]>;
  personalChats(tenant: TenantId): Promise<readonly Conversation[]>;
  setApprovalRoom(id: ConversationId, record: AuditEntry): Promise<void>;
  /** The bot was removed there. */
  forget(id: ConversationId): Promise<void>;
}

/** Where a plan's card was posted, so that every copy can be redrawn. */
export interface Posting {
  readonly tenantId: TenantId;
  readonly planNumber: number;
  readonly conversation: ConversationId;
  readonly activityId: string;
}
export interface PostingStore {
  add(posting: Posting): Promise<void>;
  of(tenant: TenantId, planNumber: number): Promise<readonly Posting[]>;
  addScan(posting: ScanPosting): Promise<void>;
  ofScan(tenant: TenantId, scanId: string): Promise<readonly ScanPosting[]>;
}

/** Where a scan's card was posted. */
export interface ScanPosting {
  readonly tenantId: TenantId;
  readonly scanId: string;
  readonly conversation: ConversationId;
  readonly activityId: string;
}

/** Keeps the last FIDO metadata BLOB that was verified, so that a start needs no network. */
export interface MetadataCache {
  load(): Promise<CachedMetadata | undefined>;
  save(metadata: CachedMetadata): Promise<void>;
}
export interface CachedMetadata {
  /** The BLOB as it was served: a JWT in compact form. */
  readonly blob: string;
  readonly fetchedAt: Instant;
}
