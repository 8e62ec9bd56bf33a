import type { AuditEntry, AuditRecord } from "./audit/record.js";
import type { ChangeCommand } from "./command/command.js";
import type { Refusal, SignInProblem } from "./errors.js";
import type {
  AccountRef,
  Inventory,
  Keyholder,
  RegisteredPasskey,
  UnreadPerson,
} from "./inventory/inventory.js";
import type { Scan, ScanAsker, ScanCounts, ScanNews } from "./inventory/scan.js";
import type { JsonObject } from "./json.js";
import type {
  ConversationId,
  GroupId,
  Instant,
  Person,
  PersonId,
  TenantId,
  UserAssertion,
} from "./person.js";
import type { OtherWriter, Plan, PlanDraft } from "./plan/plan.js";
import type { GroupRef } from "./policy/intent.js";
import type { Model, ModelMatch, SeenModel } from "./policy/model.js";
import type { Aaguid } from "./policy/policy.js";

export interface Clock {
  now(): Date;
  /** Resolves after the time has passed. */
  sleep(milliseconds: number): Promise<void>;
  /** A fresh GUID. */
  newId(): string;
}

export interface Log {
  info(event: string, detail?: Readonly<Record<string, unknown>>): void;
  warn(event: string, detail?: Readonly<Record<string, unknown>>): void;
  error(event: string, detail?: Readonly<Record<string, unknown>>): void;
}

// --- Microsoft Graph, read with the app's own identity -------------------------------------------

/** Reads with the app's own, read-only permissions. Cannot write: there is nothing here to write with. */
export interface TenantReader {
  /** The `fido2` configuration as Graph sends it. @throws Fault */
  readPolicy(): Promise<JsonObject>;
  /** Writes to the authentication methods policy since then, from the directory audit log. @throws Fault */
  policyWritersSince(since: Instant): Promise<readonly (OtherWriter & { readonly id?: PersonId })[]>;
}

/** What the app can look up about people and groups. */
export interface Directory {
  /** Directory roles the person holds actively now: direct, through a group, or activated in PIM. @throws Fault */
  activeRoles(person: PersonId): Promise<readonly DirectoryRole[]>;
  /** Groups the person is in, nested ones included. @throws Fault */
  groupsOf(person: PersonId): Promise<ReadonlySet<GroupId>>;
  /** Groups whose display name is exactly this, ignoring case. @throws Fault */
  groupsNamed(name: string): Promise<readonly GroupRef[]>;
  /** The group's display name, or undefined when it does not exist. @throws Fault */
  groupName(id: GroupId): Promise<string | undefined>;
  /** Everyone in the group, nested groups included. @throws Fault `graph-not-found` when it does not exist */
  membersOf(id: GroupId): Promise<ReadonlySet<PersonId>>;
}

export interface DirectoryRole {
  /** Template id (GUID, lower case): the same in every tenant. */
  readonly templateId: string;
  readonly name: string;
}

/** Reads who registered passkeys, and which. One request to Graph for each call; repeating is the caller's business. */
export interface PasskeySource {
  /**
   * One page of the people with at least one passkey by Entra's registration report.
   * @param options.next the page to go on with; the first when left out
   * @param options.methods names the report is known to use for passkeys: then only such rows are asked for, if
   *   the report can do that. Left out: every row is looked at, so that no new name is missed.
   * @throws Fault `graph-no-licence` without P1/P2; `graph-bad-request` for a `next` that is no longer good
   */
  reportedKeyholders(options: {
    readonly next?: string;
    readonly methods?: readonly string[];
  }): Promise<ReportPage>;
  /** One page of the enabled accounts. @throws Fault */
  enabledAccounts(next?: string): Promise<AccountPage>;
  /** One page of the people whose authentication methods changed since then, by the directory audit log. @throws Fault */
  changedSince(since: Instant, next?: string): Promise<AccountPage>;
  /** Asks once for the passkeys of up to 20 people. Never throws: a failure is somebody's answer. */
  passkeysOf(people: readonly AccountRef[]): Promise<PasskeyRound>;
}

export interface AccountPage {
  readonly people: readonly AccountRef[];
  readonly next?: string;
}
export interface ReportPage extends AccountPage {
  /** Names for passkeys in this page, as the report wrote them. */
  readonly methods: readonly string[];
}

/** What one request said: each person asked is in `answers` or in `later`, in any order. */
export interface PasskeyRound {
  readonly answers: readonly PasskeyAnswer[];
  readonly later: readonly PutOff[];
  /** The request itself failed, which says nothing about anybody in it: all of them are in `later`. */
  readonly failedAsAWhole?: true;
  /** How much of its limit Graph says is used up: 1 is all of it. Undefined when it does not say. */
  readonly pressure?: number;
}

/** Somebody Graph did not answer for this time. */
export interface PutOff {
  readonly account: AccountRef;
  readonly why: string;
  /** 429, as opposed to a failure. */
  readonly throttled: boolean;
  readonly retryAfterSeconds?: number;
}

export type PasskeyAnswer =
  | { readonly kind: "read"; readonly account: AccountRef; readonly passkeys: readonly RegisteredPasskey[] }
  | { readonly kind: "gone"; readonly account: AccountRef }
  | { readonly kind: "failed"; readonly account: AccountRef; readonly why: string };

// --- Microsoft Graph, written in one person's name ------------------------------------------------

/** Turns the clicking person's token into a writer that acts as that person, for one click. */
export interface ActAs {
  onBehalfOf(assertion: UserAssertion): Promise<SignedIn | SignInFailed>;
}
export interface SignedIn {
  readonly kind: "signed-in";
  readonly writer: PolicyWriter;
}
export interface SignInFailed {
  readonly kind: "sign-in-failed";
  readonly problem: SignInProblem;
  /** Entra's own code, e.g. `AADSTS65001`. */
  readonly entraCode?: string;
}

/** Writes the policy as the person it was made for. Never repeats a request by itself. */
export interface PolicyWriter {
  /** @param clientRequestId our own GUID for the request, recorded before it is sent. Never throws for what Graph or the network did. */
  patchPolicy(body: JsonObject, clientRequestId: string): Promise<WriteResult>;
}

export type WriteResult =
  /** Graph answered 2xx. That is not yet success: see docs/adr/0004. */
  | { readonly kind: "accepted"; readonly requestId?: string }
  /** Graph answered and wrote nothing: 400, 401, 403, 404, 409, 412, 429, 503. */
  | {
      readonly kind: "declined";
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly requestId?: string;
      readonly retryAfterSeconds?: number;
    }
  /** No answer, a dropped connection, another 5xx: it may or may not have been written. */
  | { readonly kind: "unclear"; readonly why: string; readonly requestId?: string };

// --- The store -------------------------------------------------------------------------------------

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
   * already stays as they are.
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

// --- Names and people -------------------------------------------------------------------------------

/** What is known of authenticator models. Always answers, offline too. */
export interface Catalogue {
  /** @param hint Graph's own `model` text, used when nothing better is known */
  model(aaguid: Aaguid, hint?: string): Model;
  modelName(aaguid: Aaguid, hint?: string): string;
  /**
   * Models by words, typos forgiven, best first. An AAGUID finds itself.
   * @param seen models of the tenant, which may have names only Graph knows
   */
  search(words: string, seen?: readonly SeenModel[]): readonly ModelMatch[];
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

/** Shows plans and scans wherever they have to be seen, and redraws every copy. Never throws: a card is not the record. */
export interface Announcer {
  planChanged(plan: Plan): Promise<void>;
  scanChanged(news: ScanNews): Promise<void>;
  /** What somebody asked for and waited for a scan cannot be proposed. */
  changeRefused(waiting: WaitingForScan, refusal: Refusal): Promise<void>;
  /** The same, because something failed. */
  changeFailed(waiting: WaitingForScan, error: unknown): Promise<void>;
}

/** Runs scans in the background, one at a time in a tenant. */
export interface Scanner {
  /**
   * Starts a scan, or joins the one that is running. Returns as soon as that is stored.
   * @param options.full read everybody, even where reading what changed would do
   */
  ask(asker: ScanAsker, options?: { readonly full?: boolean }): Promise<{ scan: Scan; joined: boolean }>;
  /** Goes on with a scan that a stop or a crash interrupted. @returns whether a scan is under way now */
  resume(): Promise<"busy" | "idle">;
  /** Ends the scan that is running, without a result. undefined: none with this id is. */
  cancel(scanId: string, by: Person): Promise<Scan | undefined>;
  /** Stops reading; what was learned is kept, and `resume` goes on from there. */
  stop(): Promise<void>;
}

/** Everything outside, as one use case may need it. */
export interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly tenant: TenantReader;
  readonly directory: Directory;
  readonly passkeys: PasskeySource;
  readonly actAs: ActAs;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly scans: ScanStore;
  readonly waiting: WaitingStore;
  readonly scanner: Scanner;
  readonly conversations: ConversationStore;
  readonly catalogue: Catalogue;
  readonly announcer: Announcer;
  /** Client request ids of the writes this process has in hand at this moment: nobody else settles those. */
  readonly inHand: Set<string>;
}

/** How this installation is run: from configuration, the same for everybody. */
export interface Rules {
  readonly tenantId: TenantId;
  /** Object ids of users or groups who may talk to the bot; undefined: holders of an admin or reader role. */
  readonly access: readonly string[] | undefined;
  /** Object ids of users or groups who may approve; undefined: holders of an approving role. An empty list is nobody. */
  readonly approvers: readonly string[] | undefined;
  readonly approvalsRequired: number;
  readonly allowSelfApproval: boolean;
  readonly planTtlMinutes: number;
  readonly scanMaxAgeHours: number;
  /** How old the last full scan may be for one that reads only what changed. */
  readonly scanFullDays: number;
  readonly emergencyAccounts: readonly PersonId[];
}
