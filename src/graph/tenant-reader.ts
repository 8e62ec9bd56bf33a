import type { z } from "zod";
import type { LoggedWrite } from "../core/drift/drift.js";
import { personId } from "../core/person.js";
import type { TenantReader } from "../core/ports.js";
import type { AppGraph } from "./app-graph.js";
import { directoryAuditEntry, type directoryAuditRow, jsonObject } from "./wire.js";

/** Where the passkey (FIDO2) policy is, from the version on. */
export const FIDO2_POLICY_PATH =
  "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2";

/** https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities */
const POLICY_WRITES = ["Authentication Methods Policy Update", "Authentication Methods Policy Reset"];

/** In the place of a name, where an entry could not be read. */
const UNREAD = "someone whose entry in the audit log could not be read";

/** Reads the policy, and who wrote it lately, with the app's read-only permissions. */
export function tenantReader(graph: AppGraph): TenantReader {
  return {
    readPolicy: () => graph.get(FIDO2_POLICY_PATH, jsonObject),
    async policyWritersSince(since) {
      const writes: LoggedWrite[] = [];
      // One after the other: documented is `and` in this filter, `or` is not.
      for (const activity of POLICY_WRITES) {
        const filter = `activityDisplayName eq '${activity}' and activityDateTime ge ${since}`;
        const path = `/v1.0/auditLogs/directoryAudits?$filter=${encodeURIComponent(filter)}&$top=50`;
        for (const entry of await graph.getAll(path, directoryAuditEntry)) {
          if ("isUnread" in entry) writes.push({ name: UNREAD, at: entry.at ?? since, isUnread: true });
          else if (entry.result !== "failure") writes.push(writer(entry));
        }
      }
      return writes;
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
