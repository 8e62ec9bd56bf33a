import type { z } from "zod";
import type { LoggedWrite } from "../core/drift/drift.js";
import { personId } from "../core/person.js";
import type { TenantReader } from "../core/ports.js";
import type { AppGraph } from "./app-graph.js";
import { readStrengths } from "./read-strengths.js";
import { directoryAuditEntry, type directoryAuditRow, jsonObject } from "./wire.js";

/**
 * Without it Graph hides words that were added to an enumeration later.
 * https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations
 */
const EVERY_WORD = { Prefer: "include-unknown-enum-members" } as const;

/** Where the passkey (FIDO2) policy is, from the version on. */
export const FIDO2_POLICY_PATH =
  "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

/**
 * How the names of entries about the policy begin: its update, its reset, and what else Microsoft may come to log of it.
 * https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
const POLICY_ACTIVITY = "Authentication Methods Policy";

/** In the place of a name, where an entry could not be read. */
const UNREAD = "someone whose entry in the audit log could not be read";

/** Reads the policy, and who wrote it lately, with the app's read-only permissions. */
export function tenantReader(graph: AppGraph): TenantReader {
  return {
    readPolicy: (limit) => graph.get(FIDO2_POLICY_PATH, jsonObject, { headers: EVERY_WORD, ...limit }),
    readStrengths: () => readStrengths(graph),
    async policyWritersSince(since) {
      const filter = `startswith(activityDisplayName,'${POLICY_ACTIVITY}') and activityDateTime ge ${since}`;
      const path = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=50`;
      const entries = await graph.getAll(path, directoryAuditEntry);
      return entries.flatMap((entry): readonly LoggedWrite[] => {
        if ("isUnread" in entry) return [{ name: UNREAD, at: entry.at ?? since, isUnread: true }];
        return entry.result === "failure" ? [] : [writer(entry)];
      });
    },
  };
}

function writer({ activityDateTime: at, initiatedBy }: z.infer<typeof directoryAuditRow>): LoggedWrite {
  const { user, app } = initiatedBy;
  const name =
    user?.displayName ||
    user?.userPrincipalName ||
    app?.displayName ||
    user?.id ||
    app?.appId ||
    "someone the audit log does not name";
  const isApp = !user && (app?.displayName || app?.appId);
  return { name, at, ...(user?.id ? { id: personId(user.id) } : {}), ...(isApp ? { isApp: true } : {}) };
}
