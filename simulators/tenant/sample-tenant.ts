import { sampleCrowd } from "./sample-crowd.js";
import { sampleGroups } from "./sample-groups.js";
import { namedPeople } from "./sample-people.js";
import { type SamplePolicyName, samplePolicy } from "./sample-policies.js";
import { guidFor } from "./seeded-random.js";
import type { SimulatedTenant } from "./simulated-tenant.js";

export { SAMPLE_PEOPLE } from "./sample-people.js";

/** What the app registration asks for: read-only, so that a stolen secret changes nothing. */
const APPLICATION_PERMISSIONS = [
  "AuditLog.Read.All",
  "GroupMember.Read.All",
  "Policy.Read.AuthenticationMethod",
  "RoleManagement.Read.Directory",
  "User.Read.All",
  "UserAuthMethod-Passkey.Read.All",
] as const;
/** What is done in an approver's name. */
const DELEGATED_PERMISSIONS = ["Policy.ReadWrite.AuthenticationMethod", "User.Read"] as const;

export interface SampleTenantOptions {
  /** The policy to begin with; `paused-pilot` when left out. */
  readonly policy?: SamplePolicyName;
  /** How many people there are beside the named ones. */
  readonly people?: number;
  /** Entra ID P1 or P2; true when left out. */
  readonly premium?: boolean;
}

/** A company with its people, groups and passkeys. The same one each time; every call makes fresh objects. */
export function sampleTenant(options: SampleTenantOptions = {}): SimulatedTenant {
  const crowd = sampleCrowd(options.people ?? 260);
  const users = [...namedPeople(), ...crowd];
  const clientId = guidFor("client");
  return {
    tenantId: guidFor("tenant"),
    displayName: "Kestrel Marine",
    clientId,
    clientSecret: "sandbox-client-secret-of-no-value",
    appIdUri: `api://botid-${clientId}`,
    appName: "Latchkey",
    managedIdentity: {
      clientId: guidFor("managed identity client"),
      principalId: guidFor("managed identity"),
    },
    clientCertificates: [],
    consents: {
      delegated: new Set(DELEGATED_PERMISSIONS),
      application: new Set(APPLICATION_PERMISSIONS),
    },
    users: new Map(users.map((user) => [user.id, user])),
    groups: new Map(sampleGroups(crowd).map((group) => [group.id, group])),
    policy: samplePolicy(options.policy ?? "paused-pilot"),
    audits: [],
    premium: options.premium ?? true,
  };
}
