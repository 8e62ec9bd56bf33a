/** The fixed id of the profile that cannot be deleted (seen in the field and in Microsoft's own example). */
export const DEFAULT_PROFILE = "00000000-0000-0000-0000-000000000001";

/** One registered passkey, in the words of Graph's `fido2AuthenticationMethod` (v1.0). */
export interface SimPasskey {
  id: string;
  /** As Graph would print it: upper case happens. */
  aaGuid: string;
  model: string;
  /** The person's own label. */
  displayName: string;
  createdDateTime: string;
  attestationLevel: "attested" | "notAttested";
  passkeyType: "deviceBound" | "synced";
  attestationCertificates: string[];
}

export interface SimUser {
  readonly id: string;
  displayName: string;
  userPrincipalName: string;
  userType: "member" | "guest";
  accountEnabled: boolean;
  /** Template ids of directory roles active now: assigned, or activated in PIM. */
  roles: string[];
  /** Template ids of roles the person could activate in PIM and has not. They count for nothing. */
  eligibleRoles: string[];
  passkeys: SimPasskey[];
  /** Other methods by the registration report's names, e.g. `microsoftAuthenticatorPush`. */
  otherMethods: string[];
  /** Soft-deleted: 404 everywhere, though the registration report may still list the person. */
  deleted?: boolean;
}

/** `team`: of Microsoft 365, without security; `secured-team`: with; `mail-security`: a security group with an address. */
export type SimGroupKind = "security" | "mail-security" | "team" | "secured-team" | "distribution";

export interface SimGroup {
  readonly id: string;
  displayName: string;
  /** Ids of users or groups. */
  members: string[];
  readonly description?: string;
  readonly createdDateTime?: string;
  /** What it is; an ordinary security group when left out. */
  readonly kind?: SimGroupKind;
  /** Template ids of roles held by its direct members (a role-assignable group; nesting does not count there). */
  roles?: string[];
}

export interface SimKeyRestrictions {
  isEnforced: boolean;
  enforcementType: "allow" | "block";
  aaGuids: string[];
}

export interface SimProfile {
  id: string;
  name: string;
  passkeyTypes: string;
  attestationEnforcement: "disabled" | "registrationOnly";
  keyRestrictions: SimKeyRestrictions;
  /** A property Microsoft added later. */
  [later: string]: unknown;
}

export interface SimIncludeTarget {
  id: string;
  targetType: string;
  isRegistrationRequired: boolean;
  allowedPasskeyProfiles: string[];
  [later: string]: unknown;
}

export interface SimExcludeTarget {
  id: string;
  targetType: string;
}

/**
 * The `fido2AuthenticationMethodConfiguration`, in the legacy shape (`defaultPasskeyProfile` null) or with profiles.
 * With profiles, the deprecated top-level pair is derived from the default profile whenever it is served.
 */
export interface SimPolicy {
  id: "Fido2";
  state: "enabled" | "disabled";
  isSelfServiceRegistrationAllowed: boolean;
  isAttestationEnforced: boolean;
  keyRestrictions: SimKeyRestrictions;
  defaultPasskeyProfile: string | null;
  includeTargets: SimIncludeTarget[];
  excludeTargets: SimExcludeTarget[];
  passkeyProfiles: SimProfile[];
  /** A property Microsoft added later: served, and accepted in a PATCH because the service knows it. */
  [later: string]: unknown;
}

/** A custom authentication strength of Conditional Access that asks for a passkey. */
export interface SimStrength {
  readonly id: string;
  displayName: string;
  /** Models that satisfy it, as they were written; empty: any. */
  allowedAAGUIDs: string[];
}

export interface SimModifiedProperty {
  readonly displayName: string;
  /** JSON in a string. */
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

interface SimAuditIdentity {
  readonly id: string;
  readonly displayName: string | null;
  readonly userPrincipalName: string | null;
  readonly ipAddress: string | null;
}

interface SimAuditApp {
  readonly appId: string;
  readonly displayName: string | null;
  readonly servicePrincipalId: string | null;
  readonly servicePrincipalName: string | null;
}

/** An entry of the directory audit log (`directoryAudit`, v1.0). */
export interface DirectoryAudit {
  readonly id: string;
  readonly category: string;
  readonly correlationId: string;
  readonly result: "success" | "failure";
  readonly resultReason: string;
  readonly activityDisplayName: string;
  readonly activityDateTime: string;
  readonly loggedByService: string;
  readonly operationType: string;
  readonly initiatedBy: { readonly user: SimAuditIdentity | null; readonly app: SimAuditApp | null };
  readonly targetResources: readonly {
    readonly id: string | null;
    readonly displayName: string | null;
    readonly type: string;
    /** Of a person. */
    readonly userPrincipalName?: string | null;
    readonly modifiedProperties: readonly SimModifiedProperty[];
  }[];
  readonly additionalDetails: readonly { readonly key: string; readonly value: string }[];
}

/** A managed identity trusted as federated credential of the app registration. */
interface SimManagedIdentity {
  readonly clientId: string;
  readonly principalId: string;
}

/** The state that simulated Entra and Graph share. Everything may be changed while they run. */
export interface SimulatedTenant {
  readonly tenantId: string;
  displayName: string;
  /** The bot's app registration. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly appIdUri: string;
  readonly appName: string;
  readonly managedIdentity: SimManagedIdentity;
  /** PEM certificates registered as credentials of the app. */
  readonly clientCertificates: string[];
  /** Permissions of Graph an administrator consented to, by name. */
  readonly consents: { readonly delegated: Set<string>; readonly application: Set<string> };
  readonly users: Map<string, SimUser>;
  readonly groups: Map<string, SimGroup>;
  policy: SimPolicy;
  /** Custom authentication strengths, beside the built-in ones; left out: none. */
  strengths?: SimStrength[];
  /** Newest last. */
  readonly audits: DirectoryAudit[];
  /** Entra ID P1 or P2. */
  premium: boolean;
}
