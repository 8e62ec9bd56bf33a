import type { Rules } from "../ports.js";

/** How the installation is configured, as far as a check has to know; holds no secret. */
export interface SetUp {
  readonly clientId: string;
  readonly tenantId: string;
  readonly appIdUri: string;
  readonly publicUrl: string;
  readonly authorityHost: string;
  readonly graphUrl: string;
  readonly cloud: string;
  readonly adminCenterUrl: string;
  readonly botTokenIssuer: string;
  readonly credential: CredentialLook;
  /** Hosts of the proxies; undefined: there is none. */
  readonly proxy: readonly string[] | undefined;
  readonly fidoMetadataUrl: string | undefined;
  /** 0: it scans only when a person asks. */
  readonly scanEveryHours: number;
  readonly hasRecordKey: boolean;
  readonly nodeVersion: string;
  readonly rules: Rules;
  /** Variables that nothing reads, each with the one of ours that it looks like. */
  readonly doubtfulNames: readonly { readonly given: string; readonly meant: string }[];
}

/** What proves the app, and until when that is good; undefined: not known. */
export type CredentialLook =
  | { readonly kind: "secret"; readonly goodUntil: Date | undefined }
  | { readonly kind: "certificate"; readonly goodUntil: Date }
  | { readonly kind: "managed-identity" };

type Blade = "CallAnAPI" | "Credentials" | "ProtectAnAPI" | "Authentication" | "Overview";

/** A page of the app registration in the Entra admin center. */
export function appPage({ adminCenterUrl, clientId }: SetUp, blade: Blade): string {
  return `${adminCenterUrl}/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/${blade}/appId/${clientId}`;
}
