import { Fault } from "../core/errors.js";
import { type Instant, personId } from "../core/person.js";
import type { AccountPage } from "../core/ports.js";
import type { AccountRef } from "../core/scan/inventory.js";
import type { AppGraph } from "./app-graph.js";
import { authMethodAuditRow, orOdd, readable, userRow } from "./wire.js";

const AUDITS = "/v1.0/auditLogs/directoryAudits";
const ROWS = 999;

/**
 * Entries after which a person may have another set of passkeys than before. Two services write about passkeys,
 * the second under names that changed and are not documented for every sort (UNVERIFIED); an
 * account that is enabled or restored brings its passkeys back, and one that was deleted the report may still list.
 * https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
const CHANGES: readonly string[] = [
  "loggedByService eq 'Authentication Methods'",
  "activityDisplayName eq 'Add FIDO2 security key'",
  "activityDisplayName eq 'Delete FIDO2 security key(s)'",
  "activityDisplayName eq 'Enable account'",
  "activityDisplayName eq 'Delete user'",
  "activityDisplayName eq 'Restore user'",
  "activityDisplayName eq 'Add Passkey (device-bound)'",
  "activityDisplayName eq 'Delete Passkey (device-bound)'",
  "activityDisplayName eq 'Add Passkey (synced)'",
  "activityDisplayName eq 'Delete Passkey (synced)'",
];

/** Where to go on: which of the questions a page belongs to (0 asks for all at once), and its path or link. */
interface Place {
  readonly question: number;
  readonly at: string;
}

/**
 * One page of the people the directory audit log names in such entries. Whether the log takes a filter with "or" is
 * documented by example only: where it does not, the sorts of entries are asked for one after the other.
 * @param next where to go on, as the page before said
 * @throws Fault
 */
export async function changedAccounts(
  graph: AppGraph,
  since: Instant,
  next: string | undefined,
): Promise<AccountPage> {
  if (next !== undefined) return readPage(graph, since, readPlace(next));
  try {
    return await readPage(graph, since, { question: 0, at: auditPath(`(${CHANGES.join(" or ")})`, since) });
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== "graph-bad-request") throw error;
    return readPage(graph, since, firstPageOf(1, since));
  }
}

async function readPage(graph: AppGraph, since: Instant, place: Place): Promise<AccountPage> {
  const { question, at } = place;
  const page = await (at.startsWith("/")
    ? graph.getPage(at, orOdd(authMethodAuditRow))
    : graph.getPageAt(at, orOdd(authMethodAuditRow)));
  const { rows, odd } = readable(page.rows);
  const named = await peopleIn(graph, rows);
  const following =
    page.next.next === undefined ? nextQuestion(question, since) : { question, at: page.next.next };
  return {
    people: named.people,
    ...(odd + named.odd === 0 ? {} : { odd: odd + named.odd }),
    ...(following === undefined ? {} : { next: `${following.question} ${following.at}` }),
  };
}

function nextQuestion(question: number, since: Instant): Place | undefined {
  return question === 0 || question >= CHANGES.length ? undefined : firstPageOf(question + 1, since);
}

/** @param question counts from 1 */
function firstPageOf(question: number, since: Instant): Place {
  return { question, at: auditPath(CHANGES[question - 1] ?? "", since) };
}

function readPlace(next: string): Place {
  const space = next.indexOf(" ");
  return { question: Number(next.slice(0, space)), at: next.slice(space + 1) };
}

function auditPath(change: string, since: Instant): string {
  const filter = `${change} and activityDateTime ge ${since}`;
  return `${AUDITS}?$filter=${encodeURIComponent(filter)}&$top=${ROWS}`;
}

type Entry = (typeof authMethodAuditRow)["_output"];
type Target = Entry["targetResources"][number];

/** Whom entries are about: a person who changed their own methods, or a person an admin did it for. @throws Fault */
async function peopleIn(
  graph: AppGraph,
  entries: readonly Entry[],
): Promise<{ readonly people: readonly AccountRef[]; readonly odd: number }> {
  const names = new Set<string>();
  const people: AccountRef[] = [];
  let odd = 0;
  for (const entry of entries) {
    for (const target of entry.targetResources.filter(isUser)) {
      const id = target.id || (target.userPrincipalName ? undefined : entry.initiatedBy?.user?.id);
      if (id) people.push({ id: personId(id), name: nameOf(target) ?? id, isAdmin: false });
      else if (target.userPrincipalName) names.add(target.userPrincipalName);
      // A person changed something, and it cannot be told who.
      else odd += 1;
    }
  }
  const found = await Promise.all([...names].map((name) => accountNamed(graph, name)));
  const untold = found.filter((account) => account === "odd").length;
  return {
    people: [...people, ...found.flatMap((account) => (account === "odd" ? [] : (account ?? [])))],
    odd: odd + untold,
  };
}

function isUser({ type }: Target): boolean {
  return type?.toLowerCase() === "user";
}

function nameOf({ displayName, userPrincipalName }: Target): string | undefined {
  return displayName || userPrincipalName || undefined;
}

/**
 * Some entries have been seen to name a person without the id. undefined: there is no person of that name any more.
 * "odd": no name that Graph takes, or no answer that can be read, however often one asks.
 */
async function accountNamed(
  graph: AppGraph,
  userPrincipalName: string,
): Promise<AccountRef | "odd" | undefined> {
  try {
    const path = `/v1.0/users/${encodeURIComponent(userPrincipalName)}?$select=id,displayName`;
    const { id, displayName } = await graph.get(path, userRow);
    return { id: personId(id), name: displayName || userPrincipalName, isAdmin: false };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === "graph-not-found") return undefined;
    if (error.code === "graph-bad-request" || error.code === "graph-unreadable") return "odd";
    throw error;
  }
}
