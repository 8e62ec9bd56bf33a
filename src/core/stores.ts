import type { ChainHead } from "./audit/chain.js";
import type { AuditEntry, AuditEvent, AuditRecord } from "./audit/record.js";
import type { ChangeCommand } from "./command/command.js";
import type { Baseline, BaselineDraft } from "./drift/baseline.js";
import type { Drift, DriftDraft } from "./drift/drift.js";
import type { AlteredWatch } from "./drift/recorded/watch-trail.js";
import type { JsonObject } from "./json.js";
import type { ConversationId, Instant, Person, PersonId, ReplicaId, TenantId } from "./person.js";
import type {
  AccountRef,
  Inventory,
  Keyholder,
  PasskeyAnswer,
  RegisteredPasskey,
  UnreadPerson,
} from "./scan/inventory.js";
import type { Scan, ScanCounts } from "./scan/scan.js";
import type { Some } from "./stores/plan-store.js";

// What is kept, as the core sees it.

/** What the policy is compared with, and in what it differs from that. */
export interface WatchStore {
  baseline(tenant: TenantId): Promise<Baseline | undefined>;
  /**
   * The baseline together with the drift of that number, or the open one, as they are on record: compared with their last
   * records in one transaction.
   */
  recorded(tenant: TenantId, driftNumber?: number): Promise<Watched | AlteredWatch>;
  /** The first baseline of a tenant. @returns undefined when there is one already */
  setFirst(baseline: BaselineDraft, record: AuditEntry): Promise<Baseline | undefined>;
  /** The policy was read at that time and was like this version of the baseline; nothing, when there is a newer one. */
  sawBaseline(baseline: Pick<Baseline, "tenantId" | "version">, at: Instant): Promise<void>;
  openDrift(tenant: TenantId): Promise<Drift | undefined>;
  /** The newest, open or ended. */
  lastDrift(tenant: TenantId): Promise<Drift | undefined>;
  findDrift(tenant: TenantId, number: number): Promise<Drift | undefined>;
  /** The last drifts, open or ended, newest first, in a few statements and with some of them held at a time. */
  readThrough(tenant: TenantId, among: number): AsyncIterable<Drift>;
  /**
   * Numbers and stores a new drift with its record, so that what we write ourselves is never called drift.
   * @returns undefined when it was overtaken: the baseline is another by now, a plan of the tenant is being applied
   *   or its outcome is unknown, or another drift is open
   */
  beginDrift(draft: DriftDraft, record: AuditEntry): Promise<Drift | undefined>;
  /**
   * Compare-and-set with its records: stores `next` as version `next.version + 1`, while the baseline is the one it
   * differs from. What is there has to be what was recorded.
   * @param baseline becomes the baseline in the same transaction; without it, the same holds as for a new drift
   * @returns undefined when it was overtaken
   * @throws Fault `store-altered` when it was edited since it was read
   */
  replaceDrift(next: Drift, records: Some<AuditEntry>, baseline?: BaselineDraft): Promise<Drift | undefined>;
}

/** As it is on record. */
export interface Watched {
  readonly kind: "as-recorded";
  readonly baseline: Baseline | undefined;
  readonly drift: Drift | undefined;
}

export interface AuditLog {
  append(entry: AuditEntry): Promise<AuditRecord>;
  /** In order of sequence, from `fromSequence` (default 1), at most `limit` (default 1000); only those of `planNumber`. */
  read(
    tenant: TenantId,
    options?: { fromSequence?: number; limit?: number; planNumber?: number },
  ): Promise<readonly AuditRecord[]>;
  /** The number of the last record of that event, if there is one after that number. */
  lastOf(tenant: TenantId, event: AuditEvent, after: number): Promise<number | undefined>;
  /** Whether it has the hash it was sealed with, and the proof that is due by the keys of the installation. */
  isProven(record: AuditRecord): boolean;
  /** The end of the tenant's chain. */
  head(tenant: TenantId): Promise<ChainHead>;
  /**
   * An end that this process has stored or read and that is not in the chain any more: the store was put back to an earlier
   * state. undefined: it is there, and from now on the end of this moment has to be.
   */
  goneEnd(tenant: TenantId): Promise<ChainHead | undefined>;
}

/** Who may download the evidence for which plan, for a short time. */
export interface EvidenceLinkStore {
  /**
   * Makes a link, with its record in the same transaction. Links whose time is up go.
   * @returns the secret that opens it; it is kept nowhere
   */
  add(link: EvidenceLink, record: AuditEntry): Promise<string>;
  /** The link a secret opens, while it is valid at that time; as often as it is asked for. */
  find(secret: string, at: Instant): Promise<EvidenceLink | undefined>;
}
export interface EvidenceLink {
  readonly tenantId: TenantId;
  readonly planNumber: number;
  /** Every plan it is about, where it is about several; the first is `planNumber`. */
  readonly planNumbers?: readonly number[];
  /** To whom it was given. */
  readonly person: Person;
  readonly givenAt: Instant;
  readonly validUntil: Instant;
}

/** Scans: the one under way, person by person, and what the last ones found. */
export interface ScanStore {
  /** Stores a new scan, unless one is running in the tenant: then that one is returned, with the askers added. */
  begin(scan: Scan): Promise<{ readonly scan: Scan; readonly joined: boolean }>;
  running(tenant: TenantId): Promise<Scan | undefined>;
  /**
   * Adds people to read, and stores how far the listing has got, in one transaction. A person who is in the scan
   * already only gets a better name.
   * @param carry carry over the people read in the scan before, instead of reading them again
   */
  addPeople(scan: Scan, people: readonly AccountRef[], options: { readonly carry: boolean }): Promise<void>;
  /** Adds those of the scan before who have passkeys or could not be read, and are not in the scan. Stores the listing too. */
  addMissing(scan: Scan): Promise<void>;
  /** People who are still to be read, in the order in which they came, after a position (0: from the start). */
  pending(scan: Scan, after: number, limit: number): Promise<readonly PendingPerson[]>;
  /** Keeps what was learned about people. */
  keepAnswers(scan: Scan, answers: readonly PasskeyAnswer[]): Promise<void>;
  counts(scan: Scan): Promise<ScanCounts>;
  /** Ends the scan; from now on it is the tenant's latest. Scans no longer needed go. @returns it with all its askers */
  finish(scan: Scan, inventory: Inventory): Promise<Scan>;
  /** Ends the scan without a result. undefined: it had ended already. */
  discard(scan: Pick<Scan, "tenantId" | "scanId">): Promise<Scan | undefined>;
  latest(tenant: TenantId): Promise<Inventory | undefined>;
  /** Removes what scans found that ended before then. @returns how many scans */
  dropFinishedBefore(tenant: TenantId, before: Instant): Promise<number>;
  /** A scan that finished and is still kept: one of the last two. */
  finished(tenant: TenantId, scanId: string): Promise<Inventory | undefined>;
  /** Every person with a passkey by that scan, in pages, by id. */
  keyholders(tenant: TenantId, scanId: string): AsyncIterable<readonly Keyholder[]>;
  /**
   * What that scan knows of one person; none: it has not asked about them, or found no passkey.
   * @throws Fault when the scan is no longer kept
   */
  ofPerson(tenant: TenantId, scanId: string, person: PersonId): Promise<PersonInScan>;
  /** Those who could not be read: administrators first, then by name. */
  unread(tenant: TenantId, scanId: string, limit: number): Promise<readonly UnreadPerson[]>;
}

export type PersonInScan =
  | { readonly kind: "none" }
  | { readonly kind: "read"; readonly passkeys: readonly RegisteredPasskey[] }
  | { readonly kind: "unread" };

export interface PendingPerson {
  /** Grows with every person added. */
  readonly position: number;
  readonly account: AccountRef;
}

/** A change a person asked for, for which a scan has to come first. */
export type DeferredChange = {
  /** Names what waits, in all tenants. */
  readonly id: string;
  readonly tenantId: TenantId;
  readonly person: Person;
  readonly conversation: ConversationId;
  readonly askedAt: Instant;
  /** The taken message in which it was asked for. */
  readonly message?: string;
  /** The record of it, by number: added by the store. Absent where an earlier version stored it. */
  readonly recordedAs?: number;
} & (
  | { readonly kind: "propose"; readonly command: ChangeCommand; readonly typed: string }
  /** The plan is to be made anew on the new scan. */
  | { readonly kind: "revise"; readonly planNumber: number }
);

export interface DeferredStore {
  /** Adds it with its record (`plan/recorded/asked-entry.ts`), unless something of that id waits already. */
  add(waiting: DeferredChange): Promise<void>;
  /** Oldest first. */
  all(tenant: TenantId): Promise<readonly DeferredChange[]>;
  /** @param record how it was answered: in the same transaction, if it still waits */
  remove(id: string, record?: AuditEntry): Promise<void>;
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
  /** Set by an approver with `approvals here`, until one says `stop approvals here`. */
  readonly approvalRoom: boolean;
}

export interface ConversationStore {
  /**
   * Adds the conversation or refreshes its reference; keeps `approvalRoom` as it was.
   * @returns whether this call added it: of several at once, also in several processes, one does
   */
  remember(conversation: Omit<Conversation, "approvalRoom">): Promise<"added" | "known">;
  find(id: ConversationId): Promise<Conversation | undefined>;
  /** All of a tenant's conversations of the given sort. */
  approvalRooms(tenant: TenantId): Promise<readonly Conversation[]>;
  personalChats(tenant: TenantId): Promise<readonly Conversation[]>;
  /** The personal chats of these people. */
  chatsOf(tenant: TenantId, people: readonly PersonId[]): Promise<readonly Conversation[]>;
  setApprovalRoom(id: ConversationId, record: AuditEntry): Promise<void>;
  /** With its record in the same transaction. @returns false when it was none: nothing is recorded then */
  endApprovalRoom(id: ConversationId, record: AuditEntry): Promise<boolean>;
  /** The bot was removed there. */
  forget(id: ConversationId): Promise<void>;
}

/** What cards are about that are kept up to date. */
export type CardKind = "plan" | "drift" | "scan" | "models" | "digest";

/** A plan, a drift, a scan, a notice of models or a digest, as what its cards show. */
export interface CardKey {
  readonly tenantId: TenantId;
  readonly kind: CardKind;
  /** Names it among its kind in the tenant. */
  readonly id: string;
}

/** A copy of a card in a conversation, which is kept up to date. */
export interface Posting extends CardKey {
  readonly conversation: ConversationId;
  readonly activityId: string;
  /** The version of plan, drift or scan it shows; 0: not known. */
  readonly version: number;
  /** When nothing was left to do for it: it showed the end, or its message was gone by then. */
  readonly doneAt?: Instant;
}

/** A copy that a process is about to post. When that process is done or gone, Teams may have taken it or not. */
export interface PostingIntent extends CardKey {
  readonly conversation: ConversationId;
  readonly intentId: string;
  readonly poster: ReplicaId;
  /** What it is to show. */
  readonly version: number;
  /** 2: it stands in for one that may be there, unknown. */
  readonly tries: number;
  /** When it was given up for good, because there was nothing left to show but the end. */
  readonly doneAt?: Instant;
}

/** An intent that is stored together with what its card is about, which has no number before that. */
export type FirstIntent = Pick<PostingIntent, "conversation" | "intentId" | "poster" | "tries">;

/** Where cards stand (docs/adr/0028). A message is one posting of a card, however often it is kept. */
export interface PostingStore {
  /** Before a card is posted, and when an intent is given up. @param replaced these go in the same transaction */
  intend(intent: PostingIntent, replaced?: readonly PostingIntent[]): Promise<void>;
  /** Keeps where a card stands and what it shows, if that is newer. @param intent what it was goes with it */
  keep(posting: Posting, intent?: PostingIntent): Promise<void>;
  /** Teams has no such message. */
  drop(nothing: Posting | PostingIntent): Promise<void>;
  of(card: CardKey): Promise<CardPostings>;
  /** Every posting of a message with this id, in whichever conversation and of whichever card. */
  ofMessage(tenant: TenantId, activityId: string): Promise<readonly Posting[]>;
  /** Cards with something left to do: a copy that does not show the end, or an intent. */
  unfinished(tenant: TenantId): Promise<readonly CardKey[]>;
  /** Forgets those for which nothing was left to do by then. */
  forget(tenant: TenantId, doneBefore: Instant): Promise<void>;
}
export interface CardPostings {
  readonly postings: readonly Posting[];
  readonly intents: readonly PostingIntent[];
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

/** What one process at a time does in a tenant. */
export type Duty = "plans" | "scan" | "drift" | "metadata" | "news";

/** The processes that share the store, and which of them does what. */
export interface ReplicaStore {
  /** Says that the process lives: its beat is one more than before, and 1 the first time. @param rules by which it decides, as text */
  beat(replica: ReplicaId, rules?: string): Promise<void>;
  /** By which rules each of them decides, as it told; empty when it did not. */
  rules(): Promise<ReadonlyMap<ReplicaId, string>>;
  /** Every process that has said so and did not leave, with its beat. */
  beats(): Promise<ReadonlyMap<ReplicaId, number>>;
  /** The process stops, or was found gone: forgets it, and every duty it had. */
  leave(replica: ReplicaId): Promise<void>;
  holder(tenant: TenantId, duty: Duty): Promise<ReplicaId | undefined>;
  /** Compare-and-set: moves a duty from one process (or none) to another (or none). @returns whether it did */
  transfer(tenant: TenantId, duty: Duty, transfer: DutyTransfer): Promise<boolean>;
}
export interface DutyTransfer {
  readonly from: ReplicaId | undefined;
  readonly to: ReplicaId | undefined;
}
