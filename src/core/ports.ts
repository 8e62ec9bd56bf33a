import type { AuditEntry, AuditRecord } from "./audit/record.js";
import type { SignInProblem } from "./errors.js";
import type { AccountRef, Inventory, RegisteredPasskey } from "./inventory/inventory.js";
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

/** Reads who registered passkeys, and which. */
export interface PasskeySource {
  /** People with at least one passkey by Entra's registration report. @throws Fault `graph-no-licence` without P1/P2 */
  reportedKeyholders(): Promise<readonly AccountRef[]>;
  /** Every enabled account. @throws Fault */
  enabledAccounts(): Promise<readonly AccountRef[]>;
  /** One answer for each person asked, in any order: nobody is left out. Failures are answers, not exceptions. */
  passkeysOf(people: readonly AccountRef[]): Promise<readonly PasskeyAnswer[]>;
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

export interface InventoryStore {
  save(tenant: TenantId, inventory: Inventory): Promise<void>;
  latest(tenant: TenantId): Promise<Inventory | undefined>;
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
}

// --- Names and people -------------------------------------------------------------------------------

/** AAGUID -> a name a person knows. */
export interface Catalogue {
  /** @param hint Graph's own `model` text, used when nothing better is known. Always answers. */
  modelName(aaguid: Aaguid, hint?: string): string;
}

/** Shows a plan wherever it has to be seen, and redraws every copy. Never throws: a card is not the record. */
export interface Announcer {
  planChanged(plan: Plan): Promise<void>;
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
  readonly inventories: InventoryStore;
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
  readonly emergencyAccounts: readonly PersonId[];
}
