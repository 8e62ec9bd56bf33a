import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type {
  DirectoryAudit,
  SimModifiedProperty,
  SimPolicy,
  SimUser,
  SimulatedTenant,
} from "../tenant/simulated-tenant.js";
import type { Row } from "./odata-filter.js";
import { servedPolicy } from "./policy-store.js";
import type { Readings } from "./readings.js";

const POLICY_UPDATE = "Authentication Methods Policy Update";

/** Who changed the policy: a person, or Microsoft's own service. */
export type Writer =
  | { readonly kind: "person"; readonly person: SimUser; readonly ipAddress: string | null }
  | { readonly kind: "app"; readonly appId: string; readonly name: string };

/** The directory audit log (documented names and shape; since April 2026 with changed properties only). */
export class AuditTrail {
  readonly #tenant: SimulatedTenant;
  readonly #readings: Readings;
  constructor(tenant: SimulatedTenant, readings: Readings) {
    this.#tenant = tenant;
    this.#readings = readings;
  }

  /** Entries that have been taken in by now. */
  seen(): readonly DirectoryAudit[] {
    const latest = Date.now() - this.#readings.auditDelayMs;
    return this.#tenant.audits.filter((entry) => Date.parse(entry.activityDateTime) <= latest);
  }

  policyUpdated(writer: Writer, before: SimPolicy, after: SimPolicy): void {
    this.#tenant.audits.push({
      id: `AuthenticationMethods_${randomUUID()}`,
      category: "ApplicationManagement",
      correlationId: randomUUID(),
      result: "success",
      resultReason: "",
      activityDisplayName: POLICY_UPDATE,
      activityDateTime: new Date().toISOString(),
      loggedByService: "Authentication Methods",
      operationType: "Update",
      initiatedBy: this.#initiator(writer),
      targetResources: [
        {
          id: null,
          displayName: "Authentication Methods Policy",
          type: "Policy",
          modifiedProperties: this.#changes(before, after),
        },
      ],
      additionalDetails: [],
    });
  }

  #initiator(writer: Writer): DirectoryAudit["initiatedBy"] {
    if (writer.kind === "app" || this.#readings.auditNames === "app") {
      const appId = writer.kind === "app" ? writer.appId : this.#tenant.clientId;
      const displayName = writer.kind === "app" ? writer.name : this.#tenant.appName;
      return {
        user: null,
        app: { appId, displayName, servicePrincipalId: null, servicePrincipalName: null },
      };
    }
    const { id, displayName, userPrincipalName } = writer.person;
    return { user: { id, displayName, userPrincipalName, ipAddress: writer.ipAddress }, app: null };
  }

  #changes(before: SimPolicy, after: SimPolicy): SimModifiedProperty[] {
    const [old, now] = [before, after].map((policy) => servedPolicy(policy, this.#readings, "")) as [
      Row,
      Row,
    ];
    if (this.#readings.auditDetail === "whole") {
      const [oldValue, newValue] = [JSON.stringify(old), JSON.stringify(now)];
      return [{ displayName: "AuthenticationMethodsPolicy", oldValue, newValue }];
    }
    const names = new Set([...Object.keys(old), ...Object.keys(now)]);
    return [...names]
      .filter((name) => !isDeepStrictEqual(old[name], now[name]))
      .map((name) => ({
        displayName: name,
        oldValue: JSON.stringify(old[name] ?? null),
        newValue: JSON.stringify(now[name] ?? null),
      }));
  }
}
