import { Fault } from "../core/errors.js";
import type { Instant } from "../core/person.js";
import type { AccountPage } from "../core/ports/passkey-source.js";
import type { AppGraph } from "./app-graph.js";
import { peopleInEntries } from "./people/people-in-entries.js";
import { auditedRow, orOdd, readable } from "./wire.js";

const AUDITS = "/v1.0/auditLogs/directoryAudits";
const ROWS = 999;

/**
 * Entries after which a person may have another set of passkeys than before. Two services write about passkeys, under
 * names that changed over the years and change again: so they are found by service, and by how a name begins,
 * whichever service it is. An account that is enabled or restored brings its passkeys back, and one that was deleted
 * the report may still list.
 * https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
const CHANGES: readonly string[] = [
  "loggedByService eq 'Authentication Methods'",
  "loggedByService eq 'Device Registration Service'",
  "startswith(activityDisplayName,'Add Passkey')",
  "startswith(activityDisplayName,'Delete Passkey')",
  "startswith(activityDisplayName,'Add FIDO2')",
  "startswith(activityDisplayName,'Delete FIDO2')",
  "activityDisplayName eq 'Enable account'",
  "activityDisplayName eq 'Delete user'",
  "activityDisplayName eq 'Restore user'",
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
    ? graph.getPage(at, orOdd(auditedRow))
    : graph.getPageAt(at, orOdd(auditedRow)));
  const { rows, odd } = readable(page.rows);
  const named = await peopleInEntries(graph, rows);
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
