import { Fault } from "../core/errors.js";
import type { AccountRef } from "../core/inventory/inventory.js";
import { type Instant, personId } from "../core/person.js";
import type { AccountPage } from "../core/ports.js";
import type { AppGraph } from "./app-graph.js";
import { authMethodAuditRow } from "./wire.js";

const AUDITS = "/v1.0/auditLogs/directoryAudits";
const ROWS = 999;

/**
 * Entries after which somebody may have another set of passkeys than before. Two services write about passkeys; an
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
];

/**
 * One page of the people the directory audit log names in such entries. Whether the log takes a filter with "or" is
 * documented by example only: where it does not, the sorts of entries are asked for one after the other.
 * @param next the link to a page, or the path of the next question
 * @throws Fault
 */
export async function changedAccounts(
  graph: AppGraph,
  since: Instant,
  next: string | undefined,
): Promise<AccountPage> {
  const questions = CHANGES.map((change) => auditPath(change, since));
  if (next === undefined) {
    try {
      return await readPage(graph, auditPath(`(${CHANGES.join(" or ")})`, since), questions);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "graph-bad-request") throw error;
      return { people: [], next: firstOf(questions) };
    }
  }
  return readPage(graph, next, questions);
}

async function readPage(graph: AppGraph, at: string, questions: readonly string[]): Promise<AccountPage> {
  const isPath = at.startsWith("/");
  const page = await (isPath
    ? graph.getPage(at, authMethodAuditRow)
    : graph.getPageAt(at, authMethodAuditRow));
  const following = page.next.next ?? questions[questionOf(at, questions) + 1];
  return {
    people: page.rows.flatMap(peopleIn),
    ...(following === undefined ? {} : { next: following }),
  };
}

/** Which of the questions a link belongs to; none of them: the one that asks for all at once, which has no successor. */
function questionOf(at: string, questions: readonly string[]): number {
  const filter = filterOf(at);
  const found = questions.findIndex((question) => filterOf(question) === filter);
  return found < 0 ? questions.length : found;
}

function filterOf(link: string): string | null {
  return new URLSearchParams(link.slice(link.indexOf("?") + 1)).get("$filter");
}

function auditPath(change: string, since: Instant): string {
  const filter = `${change} and activityDateTime ge ${since}`;
  return `${AUDITS}?$filter=${encodeURIComponent(filter)}&$top=${ROWS}`;
}

function firstOf(questions: readonly string[]): string {
  const [first] = questions;
  if (first === undefined) throw new Error("there is nothing to ask the audit log for");
  return first;
}

/** Whom an entry is about: a person who changed their own methods, or somebody an admin did it for. */
function peopleIn(row: (typeof authMethodAuditRow)["_output"]): readonly AccountRef[] {
  const targets = row.targetResources.filter((target) => target.type?.toLowerCase() === "user");
  return targets.flatMap(({ id, displayName, userPrincipalName }) =>
    id ? [{ id: personId(id), name: displayName || userPrincipalName || id, isAdmin: false }] : [],
  );
}
