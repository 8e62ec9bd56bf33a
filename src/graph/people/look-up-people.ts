import { inParallel } from "../../async/in-parallel.js";
import { Fault } from "../../core/errors.js";
import type { AppGraph } from "../app-graph.js";
import { namedUserRow, orOdd, userRow } from "../wire.js";

/** A filter takes so many terms joined by `or`. https://learn.microsoft.com/graph/aad-advanced-queries */
const NAMED_IN_A_FILTER = 15;
/** Filters under way at once: a page of the audit log names up to a thousand people. */
const FILTERS_AT_ONCE = 4;

export type FoundPerson = (typeof namedUserRow)["_output"];
type UserRow = (typeof userRow)["_output"];

/** Who was found, and the values of which that cannot be told, however often one asks. */
export interface LookedUp {
  readonly found: readonly FoundPerson[];
  readonly untold: readonly string[];
}

/**
 * Looks people up by what an entry of a log says of them; who is not found is not in the tenant.
 * @throws Fault that may pass: then the same question is worth asking again
 */
export async function lookUpPeople(
  graph: AppGraph,
  by: "id" | "userPrincipalName",
  values: readonly string[],
): Promise<LookedUp> {
  const found: FoundPerson[] = [];
  const untold: string[] = [];
  const faults: unknown[] = [];
  await inParallel(inFilters(values), FILTERS_AT_ONCE, async (some) => {
    if (faults.length > 0) return;
    try {
      const rows = await readWhere(graph, isOneOf(by, some));
      if (rows.includes(null)) untold.push(...some);
      found.push(...rows.filter((row) => row !== null));
    } catch (error) {
      if (isLasting(error)) untold.push(...some);
      else faults.push(error);
    }
  });
  if (faults.length > 0) throw faults[0];
  return { found, untold };
}

/**
 * Those of these accounts that the tenant has.
 * @throws Fault where Graph does not say it of all of them: that one was not found has to be certain
 */
export async function accountsById(graph: AppGraph, ids: readonly string[]): Promise<readonly UserRow[]> {
  const found = inFilters(ids).map((some) => {
    const filter = encodeURIComponent(isOneOf("id", some));
    return graph.getAll(`/v1.0/users?$filter=${filter}&$select=id,displayName`, userRow);
  });
  return (await Promise.all(found)).flat();
}

function inFilters(values: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(values.length / NAMED_IN_A_FILTER) }, (_, n) =>
    values.slice(n * NAMED_IN_A_FILTER, (n + 1) * NAMED_IN_A_FILTER),
  );
}

function isOneOf(property: string, values: readonly string[]): string {
  return values.map((value) => `${property} eq '${quoted(value)}'`).join(" or ");
}

async function readWhere(graph: AppGraph, filter: string): Promise<readonly (FoundPerson | null)[]> {
  const path = `/v1.0/users?$filter=${encodeURIComponent(filter)}&$select=id,displayName,userPrincipalName`;
  return (await graph.getPage(path, orOdd(namedUserRow))).rows;
}

function quoted(value: string): string {
  return value.replaceAll("'", "''");
}

function isLasting(error: unknown): boolean {
  return (
    error instanceof Fault &&
    ["graph-bad-request", "graph-unreadable", "graph-denied", "graph-not-found"].includes(error.code)
  );
}
