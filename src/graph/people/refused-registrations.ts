import type { z } from "zod";
import { Fault } from "../../core/errors.js";
import type { Instant } from "../../core/person.js";
import { type Aaguid, NO_AAGUID, toAaguid } from "../../core/policy/policy.js";
import type { RefusedRegistration, RefusedRegistrations } from "../../core/ports/passkey-source.js";
import type { AppGraph } from "../app-graph.js";
import { orOdd, readable, refusedRow } from "../wire.js";
import { peopleOfEach } from "./people-in-entries.js";

const AUDITS = "/v1.0/auditLogs/directoryAudits";
const ROWS = 999;
/** Where the log takes no filter by result, a busy week has more pages than a person waits for. */
const PAGES_READ = 3;
const SERVICES = ["Device Registration Service", "Authentication Methods"];

type Row = z.output<typeof refusedRow>;

/**
 * Registrations of passkeys that failed, by the directory audit log, as far as it has them: neither that it does nor how
 * such an entry looks is documented. The person is looked up; the model is known where the entry names an AAGUID.
 * @returns what reads them since a moment
 */
export function refusedRegistrations(graph: AppGraph): (since: Instant) => Promise<RefusedRegistrations> {
  // That the log can be filtered by result is not documented either: once it was refused it is not tried again.
  let takesResult = true;
  const failuresOf = async (service: string, since: Instant): ReturnType<typeof readPages> => {
    const filter = `loggedByService eq '${service}' and activityDateTime ge ${since}`;
    if (!takesResult) return readPages(graph, filter);
    try {
      return await readPages(graph, `${filter} and result eq 'failure'`);
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== "graph-bad-request") throw error;
      takesResult = false;
      return readPages(graph, filter);
    }
  };
  return async (since) => {
    const read = await Promise.all(SERVICES.map((service) => failuresOf(service, since)));
    const found = read.flatMap(({ rows }) => rows).filter(isRefusedPasskey);
    const isWhole = read.every((each) => each.isWhole);
    const people = await peopleOfEach(graph, found);
    const refused = found.flatMap((row, at) => {
      const aaguid = aaguidIn(row);
      return (people[at] ?? []).map(
        ({ id }): RefusedRegistration => ({
          person: id,
          ...(aaguid === undefined ? {} : { aaguid }),
          ...(row.activityDateTime === undefined ? {} : { at: row.activityDateTime }),
        }),
      );
    });
    return { refused, isWhole };
  };
}

async function readPages(graph: AppGraph, filter: string) {
  const rows: Row[] = [];
  let page = await graph.getPage(
    `${AUDITS}?$filter=${encodeURIComponent(filter)}&$top=${ROWS}`,
    orOdd(refusedRow),
  );
  for (let read = 1; ; read += 1) {
    rows.push(...readable(page.rows).rows);
    const { next } = page.next;
    if (next === undefined || read === PAGES_READ) return { rows, isWhole: next === undefined };
    page = await graph.getPageAt(next, orOdd(refusedRow));
  }
}

/** Authentication Methods logs phones and apps as well: of those the reason says nothing of a passkey. */
function isRefusedPasskey({ result, activityDisplayName, resultReason }: Row): boolean {
  if (result !== "failure" || /^(delete|remove|.*deleted)/i.test(activityDisplayName ?? "")) return false;
  return /passkey|fido/i.test(`${activityDisplayName ?? ""} ${resultReason ?? ""}`);
}

function aaguidIn({ additionalDetails, targetResources, resultReason }: Row): Aaguid | undefined {
  const said = [
    ...additionalDetails.map(({ key, value }) => [key, value] as const),
    ...targetResources.flatMap(({ modifiedProperties }) =>
      modifiedProperties.map(({ displayName, newValue }) => [displayName, newValue] as const),
    ),
    ["AAGUID", /aaguid/i.test(resultReason ?? "") ? resultReason : undefined] as const,
  ];
  for (const [name, value] of said) {
    if (!/aaguid/i.test(name ?? "")) continue;
    const [guid] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(value ?? "") ?? [];
    const aaguid = guid === undefined ? undefined : toAaguid(guid);
    if (aaguid !== undefined && aaguid !== NO_AAGUID) return aaguid;
  }
  return undefined;
}
