import type { GroupId, Instant, PersonId } from "../person.js";
import type { Aaguid } from "../policy/policy.js";
import type { AccountCounts, AccountRef, PasskeyAnswer } from "../scan/inventory.js";

/** Reads who registered passkeys, and which. One request to Graph for each call; repeating is the caller's business. */
export interface PasskeySource {
  /**
   * One page of the people with at least one passkey by Entra's registration report.
   * @param options.next the page to go on with; the first when left out
   * @param options.methods names the report is known to use for passkeys: then only such rows are asked for, if
   *   the report can do that. Left out: every row is looked at, so that no new name is missed.
   * @param options.foundNext told of the page that follows as soon as that is known, before the rows are looked at
   * @throws Fault `graph-no-licence` without P1/P2; `graph-bad-request` for a `next` that is no longer good
   */
  reportedKeyholders(options: {
    readonly next?: string;
    readonly methods?: readonly string[];
    readonly foundNext?: (next: string) => void;
  }): Promise<ReportPage>;
  /** One page of the enabled accounts. @throws Fault */
  enabledAccounts(next?: string): Promise<ListedPage>;
  /** One page of the enabled accounts in a group, nested groups included. @throws Fault `graph-not-found` when it does not exist */
  enabledAccountsIn(group: GroupId, next?: string): Promise<ListedPage>;
  /** One page of the enabled accounts with an administrator's role, by Entra's registration report. @throws Fault as it does */
  administrators(next?: string): Promise<AccountPage>;
  /** How many accounts the tenant has, guests included and, of the enabled ones, apart. @throws Fault */
  countAccounts(): Promise<AccountCounts>;
  /** One page of the people whose authentication methods changed since then, by the directory audit log. @throws Fault */
  changedSince(since: Instant, next?: string): Promise<AccountPage>;
  /** Registrations that failed since then, by the directory audit log, as far as it has them. @throws Fault */
  refusedSince(since: Instant): Promise<RefusedRegistrations>;
  /** Asks once for the passkeys of up to 20 people. Never throws: a failure is the answer for those people. */
  passkeysOf(people: readonly AccountRef[]): Promise<PasskeyRound>;
}

/** A registration of a passkey that failed: when and of which model, where the log says it. */
export interface RefusedRegistration {
  readonly person: PersonId;
  readonly at?: Instant;
  readonly aaguid?: Aaguid;
}
export interface RefusedRegistrations {
  readonly refused: readonly RefusedRegistration[];
  /** Whether every entry of the time was read. */
  readonly isWhole: boolean;
}

export interface AccountPage {
  readonly people: readonly AccountRef[];
  /** Entries of which it cannot be told whom they are about; absent: none. */
  readonly odd?: number;
  readonly next?: string;
}
/** An account as the directory lists it, with what a list of people needs of it. */
export interface ListedAccount extends AccountRef {
  /** The name it signs in with (UPN); absent: Graph does not say. */
  readonly signInName?: string;
  readonly isGuest?: true;
}
export interface ListedPage extends AccountPage {
  readonly people: readonly ListedAccount[];
}
export interface ReportPage extends AccountPage {
  /** Names for passkeys in this page, as the report wrote them. */
  readonly methods: readonly string[];
  /** Rows in this page, whomever they are about; absent where the report was asked for some of them only. */
  readonly rows?: number;
}

/** What one request said: each person asked is in `answers` or in `later`, in any order. */
export interface PasskeyRound {
  readonly answers: readonly PasskeyAnswer[];
  readonly later: readonly PutOff[];
  /** The request itself failed, which says nothing about the people in it: all of them are in `later`. */
  readonly failedAsAWhole?: true;
  /** How much of its limit Graph says is used up: 1 is all of it. Undefined when it does not say. */
  readonly pressure?: number;
}

/** A person Graph did not answer for this time. */
export interface PutOff {
  readonly account: AccountRef;
  readonly why: string;
  /** 429, as opposed to a failure. */
  readonly throttled: boolean;
  readonly retryAfterSeconds?: number;
}
