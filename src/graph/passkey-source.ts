import type { z } from "zod";
import { Fault } from "../core/errors.js";
import { personId } from "../core/person.js";
import type { ListedAccount, PasskeySource } from "../core/ports/passkey-source.js";
import type { AccountRef } from "../core/scan/inventory.js";
import { type AppGraph, BY_INDEX } from "./app-graph.js";
import { changedAccounts } from "./changed-accounts.js";
import { readPasskeyBatch } from "./passkey-batch.js";
import { refusedRegistrations } from "./people/refused-registrations.js";
import { listedUserRow, orOdd, plainCount, readable, registrationRow } from "./wire.js";

/** The report's method names are an open list; these are its names for passkeys, old and new ones. */
const PASSKEY_METHOD = /^(passkey|fido)/i;
/** Rows in a page. What the report takes is not documented; where it takes no number it is asked without. */
const ROWS = 999;
const LISTED = "id,displayName,userPrincipalName,userType";
const REPORT = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
const ADMINS_ONLY = `${REPORT}?$filter=${encodeURIComponent("isAdmin eq true")}`;
/** From the narrowest question to the plainest. */
const ADMINISTRATOR_PATHS = [`${ADMINS_ONLY}&$top=${ROWS}`, ADMINS_ONLY, `${REPORT}?$top=${ROWS}`, REPORT];

/** Reads who registered passkeys, and which, with the app's read-only permissions. One request a call. */
export function passkeySource(graph: AppGraph): PasskeySource {
  return {
    async reportedKeyholders({ next, methods, foundNext }) {
      const row = orOdd(registrationRow);
      const page = await (next === undefined
        ? firstOf(reportPaths(methods), (path) => graph.getPage(path, row, { foundNext }))
        : graph.getPageAt(next, row, { foundNext }));
      const { rows, odd } = readable(page.rows);
      // Looked at here in any case: which filters the report understands is documented by example only.
      const found = rows.flatMap((row) => {
        const names = row.methodsRegistered?.filter((method) => PASSKEY_METHOD.test(method)) ?? [];
        return names.length > 0 || row.methodsRegistered === null ? [{ row, names }] : [];
      });
      return {
        people: found.map(({ row }) => reported(row)),
        methods: [...new Set(found.flatMap(({ names }) => names))],
        ...(methods === undefined ? { rows: page.rows.length } : {}),
        ...oddOnes(odd),
        ...page.next,
      };
    },

    async enabledAccounts(next) {
      const filter = encodeURIComponent("accountEnabled eq true");
      const path = `/v1.0/users?$filter=${filter}&$select=${LISTED}&$top=${ROWS}`;
      const row = orOdd(listedUserRow);
      const page = await (next === undefined ? graph.getPage(path, row) : graph.getPageAt(next, row));
      const { rows, odd } = readable(page.rows);
      return { people: rows.map(listed), ...oddOnes(odd), ...page.next };
    },

    async enabledAccountsIn(group, next) {
      const members = `/v1.0/groups/${encodeURIComponent(group)}/transitiveMembers/microsoft.graph.user`;
      // A cast takes no filter beside it in every cloud, so disabled accounts are left out here.
      const path = `${members}?$select=${LISTED},accountEnabled&$count=true&$top=${ROWS}`;
      const row = orOdd(listedUserRow);
      const index = { headers: BY_INDEX };
      const page = await (next === undefined
        ? graph.getPage(path, row, index)
        : graph.getPageAt(next, row, index));
      const { rows, odd } = readable(page.rows);
      const enabled = rows.filter(({ accountEnabled }) => accountEnabled !== false);
      return { people: enabled.map(listed), ...oddOnes(odd), ...page.next };
    },

    async administrators(next) {
      const row = orOdd(registrationRow);
      const page = await (next === undefined
        ? firstOf(ADMINISTRATOR_PATHS, (path) => graph.getPage(path, row))
        : graph.getPageAt(next, row));
      const { rows, odd } = readable(page.rows);
      const people = rows.filter(({ isAdmin }) => isAdmin === true).map(reported);
      return { people, ...oddOnes(odd), ...page.next };
    },

    async countAccounts() {
      const [enabled, disabled, guests] = await Promise.all([
        countWhere(graph, "accountEnabled eq true"),
        countWhere(graph, "accountEnabled eq false"),
        countGuests(graph),
      ]);
      return { enabled, disabled, ...(guests === undefined ? {} : { guests }) };
    },

    changedSince: (since, next) => changedAccounts(graph, since, next),

    refusedSince: refusedRegistrations(graph),

    passkeysOf: (people) => readPasskeyBatch(graph, people),
  };
}

/** Who is an administrator is known to the report only. */
function listed(row: z.output<typeof listedUserRow>): ListedAccount {
  return {
    id: personId(row.id),
    name: row.displayName || row.id,
    isAdmin: false,
    ...(row.userPrincipalName ? { signInName: row.userPrincipalName } : {}),
    ...(row.userType?.toLowerCase() === "guest" ? { isGuest: true } : {}),
  };
}

function reported(row: z.output<typeof registrationRow>): AccountRef {
  return {
    id: personId(row.id),
    name: row.userDisplayName || row.userPrincipalName || row.id,
    isAdmin: row.isAdmin ?? false,
  };
}

/** https://learn.microsoft.com/graph/aad-advanced-queries: `$count` of users needs the header. @throws Fault */
function countWhere(graph: AppGraph, filter: string): Promise<number> {
  const path = `/v1.0/users/$count?$filter=${encodeURIComponent(filter)}`;
  return graph.get(path, plainCount, { headers: BY_INDEX });
}

/** undefined: Graph does not take the filter of two parts. Without it, guests are among the people. @throws Fault */
async function countGuests(graph: AppGraph): Promise<number | undefined> {
  try {
    return await countWhere(graph, "accountEnabled eq true and userType eq 'Guest'");
  } catch (error) {
    if (error instanceof Fault && error.code === "graph-bad-request") return undefined;
    throw error;
  }
}

function oddOnes(odd: number): { readonly odd?: number } {
  return odd === 0 ? {} : { odd };
}

/** From the narrowest question to the plainest: the report may not take a filter of several parts, or a number of rows. */
function reportPaths(methods: readonly string[] | undefined): readonly string[] {
  const plain = [`${REPORT}?$top=${ROWS}`, REPORT];
  if (methods === undefined || methods.length === 0) return plain;
  const filter = methods
    .map((method) => `methodsRegistered/any(x:x eq '${method.replaceAll("'", "''")}')`)
    .join(" or ");
  return [`${REPORT}?$filter=${encodeURIComponent(filter)}&$top=${ROWS}`, ...plain];
}

/** The first of the paths that Graph does not call a bad request. @throws Fault */
async function firstOf<T>(paths: readonly string[], read: (path: string) => Promise<T>): Promise<T> {
  const [path, ...others] = paths;
  if (path === undefined) throw new Error("there has to be a path to read");
  try {
    return await read(path);
  } catch (error) {
    if (others.length === 0 || !(error instanceof Fault) || error.code !== "graph-bad-request") throw error;
    return firstOf(others, read);
  }
}
