import type { SignInDemand } from "./access/sign-in-demands.js";
import type { LoggedWrite } from "./drift/drift.js";
import type { AuthenticationStrength } from "./impact/elsewhere/authentication-strength.js";
import type { JsonObject } from "./json.js";
import type { GroupId, Instant, Person, PersonId, ReplicaId, TenantId } from "./person.js";
import type { Alteration } from "./plan/recorded/as-recorded.js";
import type { Group } from "./policy/group.js";
import type { GroupRef } from "./policy/intent.js";
import type { Model, ModelMatch, SeenModel } from "./policy/model.js";
import type { Aaguid } from "./policy/policy.js";
import type { Members } from "./policy/who-may-use.js";
import type { ActAs, BrowserSignIn } from "./ports/acting.js";
import type { Announcer } from "./ports/announcer.js";
import type { GraphWaits } from "./ports/graph-waits.js";
import type { Metrics } from "./ports/metrics.js";
import type { PasskeySource } from "./ports/passkey-source.js";
import type { Phrasebook } from "./ports/phrasebook.js";
import type { Checkup } from "./ports/probes.js";
import type { ScanAsker } from "./scan/inventory.js";
import type { Scan } from "./scan/scan.js";
import type { AdoptionStore, PeopleLinkStore } from "./stores/adoption-store.js";
import type { DigestStore } from "./stores/digest-store.js";
import type { ModelNoticeStore } from "./stores/news-store.js";
import type { OwnScanStore } from "./stores/own-scan-store.js";
import type { PlanStore } from "./stores/plan-store.js";
import type { SignInStore } from "./stores/sign-in-store.js";
import type { StageStore } from "./stores/stage-store.js";
import type { TakenMessageStore } from "./stores/taken-messages.js";
import type {
  AuditLog,
  ConversationStore,
  DeferredStore,
  Duty,
  EvidenceLinkStore,
  ScanStore,
  WatchStore,
} from "./stores.js";

export interface Clock {
  /** The time of day. It may jump, back too, when a person sets the clock. */
  now(): Date;
  /** Milliseconds since some moment in the past; only ever grows, also when the time of day is set. */
  elapsed(): number;
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
  /**
   * The `fido2` configuration as Graph sends it.
   * @param options.withinMs less than is usual: no wait that Graph asks for, and no answer, is waited for longer
   * @throws Fault
   */
  readPolicy(options?: { readonly withinMs?: number }): Promise<JsonObject>;
  /**
   * Authentication strengths that list models of their own. undefined: they cannot be read, or not soon: they inform and
   * decide nothing. Never throws.
   */
  readStrengths(): Promise<readonly AuthenticationStrength[] | undefined>;
  /**
   * Writes to the authentication methods policy since then, from the directory audit log. An entry that cannot be read
   * is one of them, by a writer who is not known. @throws Fault
   */
  policyWritersSince(since: Instant): Promise<readonly LoggedWrite[]>;
}

/** What the app can look up about people and groups. */
export interface Directory {
  /** An account, enabled or not. undefined: no user of the tenant has this id. @throws Fault */
  person(id: PersonId): Promise<Person | undefined>;
  /** The same of several, by their ids: who is not among them is no user of the tenant. @throws Fault */
  people(ids: readonly PersonId[]): Promise<ReadonlyMap<PersonId, Person>>;
  /** The name by which the account signs in (UPN). undefined: there is no such account, or Graph does not say. @throws Fault */
  signInName(id: PersonId): Promise<string | undefined>;
  /** People whose display name or sign-in name begins so, ignoring case: the first of them. @throws Fault */
  peopleNamed(beginning: string): Promise<readonly Person[]>;
  /** Whether the account is one of the tenant's own people: no guest, and no account that is not there. @throws Fault */
  isMember(id: PersonId): Promise<boolean>;
  /** Directory roles the person holds actively now: direct, through a group, or activated in PIM. @throws Fault */
  activeRoles(person: PersonId): Promise<readonly DirectoryRole[]>;
  /**
   * Everyone who holds the role actively now: direct, through a group, or activated in PIM.
   * @param templateId of the role @throws Fault
   */
  holdersOf(templateId: string): Promise<ReadonlySet<PersonId>>;
  /** Groups the person is in, nested ones included. @throws Fault */
  groupsOf(person: PersonId): Promise<ReadonlySet<GroupId>>;
  /** Groups whose display name is exactly this, ignoring case. @throws Fault */
  groupsNamed(name: string): Promise<readonly Group[]>;
  /** undefined: it does not exist. @throws Fault */
  group(id: GroupId): Promise<Group | undefined>;
  /** Every group, or as many as can be read while a person waits. @throws Fault */
  allGroups(): Promise<GroupListing>;
  /** Everyone in the group, nested groups included. @throws Fault `graph-not-found` when it does not exist */
  membersOf(id: GroupId): Promise<Members>;
  /** How many that are. undefined: Graph does not say. @throws Fault `graph-not-found` when it does not exist */
  countMembers(id: GroupId): Promise<number | undefined>;
}

export interface GroupListing {
  readonly groups: readonly GroupRef[];
  /** Whether those are all there are. */
  readonly isComplete: boolean;
}

export interface DirectoryRole {
  /** Template id (GUID, lower case): the same in every tenant. */
  readonly templateId: string;
  readonly name: string;
}

/** What is known of authenticator models. Always answers, offline too. */
export interface Catalogue {
  /** @param hint Graph's own `model` text, used when nothing better is known */
  model(aaguid: Aaguid, hint?: string): Model;
  modelName(aaguid: Aaguid, hint?: string): string;
  /** The number of the FIDO metadata in use; undefined: there is none, and what is not warned of may be all the same. */
  metadataNumber(): number | undefined;
  /**
   * Models by words, typos forgiven, best first. An AAGUID finds itself.
   * @param seen models of the tenant, which may have names only Graph knows
   */
  search(words: string, seen?: readonly SeenModel[]): readonly ModelMatch[];
}

/** Runs scans in the background, one at a time in a tenant. */
export interface Scanner {
  /**
   * Starts a scan, or joins the one that is running. Returns as soon as that is stored.
   * @param options.full read every person, even where reading what changed would do
   */
  ask(asker: ScanAsker, options?: { readonly full?: boolean }): Promise<{ scan: Scan; joined: boolean }>;
  /** Starts a scan for which no person asked, which any may join; nothing where one is running. @throws Fault */
  beginOwn(): Promise<void>;
  /** Goes on with a scan that a stop or a crash interrupted. @returns whether a scan is under way now */
  resume(): Promise<"busy" | "idle">;
  /** Ends the scan that is running, without a result. undefined: none with this id is. */
  cancel(scanId: string, by: Person): Promise<Scan | undefined>;
  /** Stops reading; what was learned is kept, and `resume` goes on from there. */
  stop(): Promise<void>;
}

/** The processes that share a store. None of it rests on the time of day: clocks of machines differ, and jump. */
export interface Replicas {
  /** This process; another one each time it starts. */
  readonly self: ReplicaId;
  /** Whether that process has ended, as far as can be told from here; false of this one. @throws Fault */
  isGone(replica: ReplicaId): Promise<boolean>;
  /** Takes the duty or keeps it. @returns false while another process that lives has it @throws Fault */
  claim(duty: Duty): Promise<boolean>;
  /** Gives the duty up, if this process has it. @throws Fault */
  release(duty: Duty): Promise<void>;
  /** Looks by which rules the others decide: from then on the strictest are in force here. @throws Fault */
  lookAtRules(): Promise<void>;
}

/** What an operator has to see to: on `/readyz`, which asks for no sign-in, and in the log. */
export interface Attention {
  /** Replaces what was said of the subject; without a sentence it is over. Sentences name no person and no id. */
  about(subject: string, sentences: readonly string[]): void;
}

/** Everything outside, as one use case may need it. */
export interface Ports {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tenant: TenantReader;
  readonly directory: Directory;
  readonly passkeys: PasskeySource;
  readonly actAs: ActAs;
  readonly browserSignIn: BrowserSignIn;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  readonly evidenceLinks: EvidenceLinkStore;
  readonly signIns: SignInStore;
  readonly adoption: AdoptionStore;
  readonly peopleLinks: PeopleLinkStore;
  readonly scans: ScanStore;
  readonly ownScans: OwnScanStore;
  readonly deferred: DeferredStore;
  readonly takenMessages: TakenMessageStore;
  readonly modelNotices: ModelNoticeStore;
  readonly digests: DigestStore;
  readonly stages: StageStore;
  readonly watch: WatchStore;
  readonly scanner: Scanner;
  readonly conversations: ConversationStore;
  readonly catalogue: Catalogue;
  readonly phrasebook: Phrasebook;
  readonly checkup: Checkup;
  readonly announcer: Announcer;
  readonly replicas: Replicas;
  readonly attention: Attention;
  readonly graphWaits: GraphWaits;
  /** Plans that this process found in the store not as they were recorded, and in what. */
  readonly alteredPlans: Map<number, Alteration>;
  /** Client request ids of the writes this process has in hand at this moment: no other caller settles those. */
  readonly inHand: Set<string>;
}

/** How this installation is run: from configuration, the same for every person. */
export interface Rules {
  readonly tenantId: TenantId;
  /** Object ids of users or groups who may talk to the bot; undefined: holders of an admin or reader role. */
  readonly access: readonly string[] | undefined;
  /** Object ids of users or groups who may approve; undefined: holders of an approving role. An empty list names no person. */
  readonly approvers: readonly string[] | undefined;
  /** The same of other processes on this store, where they differ: a person has to satisfy each. */
  readonly furtherApprovers?: readonly (readonly string[] | undefined)[];
  readonly approvalsRequired: number;
  readonly allowSelfApproval: boolean;
  readonly planTtlMinutes: number;
  readonly scanMaxAgeHours: number;
  /** How old the last full scan may be for one that reads only what changed. */
  readonly scanFullDays: number;
  /** Object ids of users, or of groups whose people are meant. */
  readonly emergencyAccounts: readonly string[];
  /** What an approver's sign-in has to carry; Teams cannot give it, so a browser does. Left out: nothing. */
  readonly signInDemands?: readonly SignInDemand[];
}
