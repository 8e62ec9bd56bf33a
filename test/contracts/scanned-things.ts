import { personId } from "../../src/core/person.js";
import { AUTHENTICATOR_IOS } from "../../src/core/policy/policy.js";
import type {
  AccountRef,
  Inventory,
  Keyholder,
  PasskeyAnswer,
  RegisteredPasskey,
  ScanAsker,
} from "../../src/core/scan/inventory.js";
import type { Scan } from "../../src/core/scan/scan.js";
import type { ScanStore } from "../../src/core/stores.js";
import { ADA, AT, ROOM, TENANT } from "./stored-things.js";

export const ASKER: ScanAsker = { person: ADA, conversation: ROOM, shows: "at-once" };
export const PASSKEY: RegisteredPasskey = {
  aaguid: AUTHENTICATOR_IOS,
  model: undefined,
  type: "deviceBound",
  attested: undefined,
};

export function scan(scanId: string, changes: Partial<Scan> = {}): Scan {
  return {
    tenantId: TENANT,
    scanId,
    kind: "full",
    startedAt: AT,
    fullSince: AT,
    changesSince: "2026-11-20T10:42:00.000Z",
    askers: [ASKER],
    path: "report",
    listing: { step: "people" },
    methods: [],
    recentIncluded: true,
    interruptions: 0,
    ...changes,
  };
}

export function inventory(of: Scan, changes: Partial<Inventory> = {}): Inventory {
  return {
    scanId: of.scanId,
    kind: of.kind,
    startedAt: of.startedAt,
    finishedAt: AT,
    fullSince: of.fullSince,
    path: of.path,
    asked: 1,
    carried: 0,
    keyholders: 1,
    gone: 0,
    unreadCount: 0,
    unread: [],
    models: [
      {
        aaguid: AUTHENTICATOR_IOS,
        people: 1,
        passkeys: 1,
        types: { deviceBound: 1, synced: 0, unsaid: 0 },
        attested: { yes: 0, no: 0, unsaid: 1 },
      },
    ],
    methods: of.methods,
    recentIncluded: of.recentIncluded,
    changesSince: of.changesSince,
    askers: of.askers,
    ...changes,
  };
}

/** What a scan found that could not read somebody. */
export function incomplete(of: Scan): Inventory {
  const unread = [{ ...account(0), why: "Graph said 403" }];
  return inventory(of, { unreadCount: 1, unread });
}

/** Somebody, numbered so that ids sort like the numbers. */
export function account(number: number, changes: Partial<AccountRef> = {}): AccountRef {
  const id = personId(`dddddddd-0000-4000-8000-${String(number).padStart(12, "0")}`);
  return { id, name: `Person ${number}`, isAdmin: false, ...changes };
}

export function crowd(count: number, from = 1): readonly AccountRef[] {
  return Array.from({ length: count }, (_, index) => account(from + index));
}

export function read(...people: readonly AccountRef[]): readonly PasskeyAnswer[] {
  return people.map((person) => ({ kind: "read", account: person, passkeys: [PASSKEY] }));
}

export function readWithout(...people: readonly AccountRef[]): readonly PasskeyAnswer[] {
  return people.map((person) => ({ kind: "read", account: person, passkeys: [] }));
}

export function gone(...people: readonly AccountRef[]): readonly PasskeyAnswer[] {
  return people.map((person) => ({ kind: "gone", account: person }));
}

export function failed(...people: readonly AccountRef[]): readonly PasskeyAnswer[] {
  return people.map((person) => ({ kind: "failed", account: person, why: "Graph said 403" }));
}

/** Begins a scan of these people and adds them. */
export async function begun(scans: ScanStore, started: Scan, people: readonly AccountRef[]): Promise<Scan> {
  await scans.begin(started);
  await scans.addPeople(started, people, { carry: false });
  return started;
}

/** A whole scan: these people, these answers, this end. */
export async function finished(
  scans: ScanStore,
  started: Scan,
  answers: readonly PasskeyAnswer[],
  found: Inventory = inventory(started),
): Promise<Scan> {
  const people = answers.map((answer) => answer.account);
  await begun(scans, started, people);
  await scans.keepAnswers(started, answers);
  return scans.finish(started, found);
}

export async function pendingNames(scans: ScanStore, of: Scan): Promise<readonly string[]> {
  return (await scans.pending(of, 0, 100)).map((person) => person.account.name);
}

/** Everybody with a passkey by that scan, in the pages in which they come. */
export async function holderPages(scans: ScanStore, of: Pick<Scan, "tenantId" | "scanId">) {
  const pages: (readonly Keyholder[])[] = [];
  for await (const page of scans.keyholders(of.tenantId, of.scanId)) pages.push(page);
  return pages;
}

export async function holderIds(scans: ScanStore, of: Pick<Scan, "tenantId" | "scanId">) {
  return (await holderPages(scans, of)).flat().map((person) => person.id);
}
