import type { AccountPage } from "../../src/core/ports/passkey-source.js";
import type { AppGraph } from "../../src/graph/app-graph.js";
import { changedAccounts } from "../../src/graph/changed-accounts.js";
import { type Script, says } from "./scripted-graph.js";

/** Where the log is. */
export const AUDITS = "/v1.0/auditLogs/directoryAudits";
/** From when on it is read. */
export const SINCE = "2026-11-20T09:30:00.123Z";
/** What is asked of it. */
export const QUESTIONS = [
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

/** The target of an entry; and who that is. */
export const user = (n: number) => ({ id: `P${n}`, type: "User", displayName: `key ${n}` });
export const person = (n: number) => ({ id: `p${n}`, name: `Person ${n}`, isAdmin: false });
/** An entry about these. */
export const entry = (...targetResources: object[]) => ({ activityDisplayName: "x", targetResources });

/** The tenant: `P1` at `p1@x` is Person 1, and so on; `gone@x` and `key-7` are nobody. */
const asked = /(?:id eq 'P(\d+)'|userPrincipalName eq '[pP](\d+)@x')/g;
/** Who is asked about is answered. */
export const lookUp: Script = (response, request) => {
  const numbers = [...request.path.matchAll(asked)].map(([, id, address]) => id ?? address);
  const value = numbers.map((n) => ({
    id: `P${n}`,
    displayName: `Person ${n}`,
    userPrincipalName: `p${n}@x`,
  }));
  says(200, { value })(response, request);
};
/** One page of the log. */
export const page = (rows: object[], next?: string): Script =>
  says(200, { value: rows, ...(next === undefined ? {} : { "@odata.nextLink": next }) });
/** A page that names people, and the answer to who they are. */
export const naming = (rows: object[], next?: string): readonly Script[] => [page(rows, next), lookUp];

/** Every page, as the scan reads them: from the first until none follows. */
export async function allPages(graph: AppGraph): Promise<readonly AccountPage[]> {
  const pages: AccountPage[] = [];
  for (let next: string | undefined; pages.length === 0 || next !== undefined; ) {
    const got = await changedAccounts(graph, SINCE, next);
    pages.push(got);
    next = got.next;
  }
  return pages;
}
