import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type {
  DirectoryAudit,
  SimModifiedProperty,
  SimPasskey,
  SimPolicy,
  SimUser,
  SimulatedTenant,
} from "../tenant/simulated-tenant.js";
import type { Row } from "./odata/odata-filter.js";
import { servedPolicy } from "./policy/policy-store.js";
import type { Readings } from "./readings.js";

const POLICY_UPDATE = "Authentication Methods Policy Update";

/** Who changed something: a person, or Microsoft's own service. */
export type Writer =
  | { readonly kind: "person"; readonly person: SimUser; readonly ipAddress: string | null }
  | { readonly kind: "app"; readonly appId: string; readonly name: string };

type PersonInEntry = Pick<SimUser, "displayName" | "userPrincipalName"> & { readonly id: string | null };

/** What the Device Registration Service calls a passkey coming or going, by year. */
const ACTIVITIES: Readonly<
  Record<
    Readings["passkeyActivities"],
    (what: "registered" | "deleted", passkey: Pick<SimPasskey, "passkeyType">) => string
  >
> = {
  "by-kind": (what, { passkeyType }) =>
    `${what === "registered" ? "Add" : "Delete"} Passkey (${passkeyType === "synced" ? "synced" : "device-bound"})`,
  "passkey-security-key": (what) =>
    `${what === "registered" ? "Add" : "Delete"} Passkey (device-bound) security key`,
  "fido2-security-key": (what) =>
    what === "registered" ? "Add FIDO2 security key" : "Delete FIDO2 security key(s)",
};

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

  /**
   * A passkey came or went. Documented: services, category, activities, and the reason of a registration; seen: the reason
   * of a deletion, today's names of the second service, and that it names the key and the person's address. Unverified:
   * what an administrator's entry gives as reason, the operation type, and what is logged of a synced passkey deleted.
   */
  passkeyChanged(
    what: "registered" | "deleted",
    person: SimUser,
    passkey: Pick<SimPasskey, "id" | "passkeyType">,
    writer: Writer,
  ): void {
    const isOwn = writer.kind === "person" && writer.person.id === person.id;
    const { passkeysAuditedBy, passkeyActivities, passkeyEntriesName } = this.#readings;
    if (passkeysAuditedBy !== "device-registration") {
      this.#aboutPerson(person, writer, {
        loggedByService: "Authentication Methods",
        activityDisplayName: `${isOwn ? "User" : "Admin"} ${what} security info`,
        operationType: "ServiceApi",
        resultReason: `${isOwn ? "User" : "Admin"} ${what} Fido2 Authentication Method`,
      });
    }
    if (passkeysAuditedBy !== "authentication-methods") {
      const entry = {
        loggedByService: "Device Registration Service",
        activityDisplayName: ACTIVITIES[passkeyActivities](what, passkey),
        operationType: what === "registered" ? "Add" : "Delete",
      };
      const id = passkeyEntriesName === "address" ? null : person.id;
      this.#aboutPerson({ ...person, id, displayName: passkey.id }, writer, entry);
    }
  }

  /** A passkey that the policy refuses. Unverified whether and how: the readings say which way it is played. */
  passkeyRefused(person: SimUser, passkey: Pick<SimPasskey, "id" | "aaGuid" | "passkeyType">): void {
    const { refusedRegistrations, passkeyActivities } = this.#readings;
    if (refusedRegistrations === "not-logged") return;
    const writer: Writer = { kind: "person", person, ipAddress: "203.0.113.40" };
    const failed = { result: "failure", resultReason: "Fido2 passkey is not allowed by policy" } as const;
    this.#aboutPerson(person, writer, {
      ...failed,
      loggedByService: "Authentication Methods",
      activityDisplayName: "User registered security info",
      operationType: "ServiceApi",
    });
    const entry = {
      ...failed,
      loggedByService: "Device Registration Service",
      activityDisplayName: ACTIVITIES[passkeyActivities]("registered", passkey),
      operationType: "Add",
    };
    const additionalDetails =
      refusedRegistrations === "with-model" ? [{ key: "AAGUID", value: passkey.aaGuid }] : [];
    const id = this.#readings.passkeyEntriesName === "address" ? null : person.id;
    this.#aboutPerson({ ...person, id, displayName: passkey.id }, writer, { ...entry, additionalDetails });
  }

  /** Somebody's account was changed by an administrator. Documented: service, category and activity. */
  accountChanged(
    activity: "Delete user" | "Disable account" | "Enable account",
    person: SimUser,
    writer: Writer,
  ): void {
    const operationType = activity === "Delete user" ? "Delete" : "Update";
    this.#aboutPerson(person, writer, {
      loggedByService: "Core Directory",
      activityDisplayName: activity,
      operationType,
    });
  }

  #aboutPerson(
    { id, displayName, userPrincipalName }: PersonInEntry,
    writer: Writer,
    entry: Pick<DirectoryAudit, "loggedByService" | "activityDisplayName" | "operationType"> &
      Partial<Pick<DirectoryAudit, "result" | "resultReason" | "additionalDetails">>,
  ): void {
    this.#tenant.audits.push({
      id: `${entry.loggedByService}_${randomUUID()}`,
      category: "UserManagement",
      correlationId: randomUUID(),
      result: "success",
      resultReason: "",
      activityDateTime: new Date().toISOString(),
      initiatedBy: initiatedBy(writer),
      targetResources: [{ id, type: "User", displayName, userPrincipalName, modifiedProperties: [] }],
      additionalDetails: [],
      ...entry,
    });
  }

  #initiator(writer: Writer): DirectoryAudit["initiatedBy"] {
    const { clientId: appId, appName: name } = this.#tenant;
    return initiatedBy(
      this.#readings.auditNames === "app" && writer.kind === "person" ? { kind: "app", appId, name } : writer,
    );
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

function initiatedBy(writer: Writer): DirectoryAudit["initiatedBy"] {
  if (writer.kind === "person") {
    const { id, displayName, userPrincipalName } = writer.person;
    return { user: { id, displayName, userPrincipalName, ipAddress: writer.ipAddress }, app: null };
  }
  const { appId, name: displayName } = writer;
  return { user: null, app: { appId, displayName, servicePrincipalId: null, servicePrincipalName: null } };
}
