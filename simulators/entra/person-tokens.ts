import { createHash } from "node:crypto";
import type { SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import type { Claims, Signing } from "./json-web-token.js";
import type { TokenAuthority } from "./token-authority.js";

/** The Teams desktop and mobile client, which asks for the single sign-on token. */
const TEAMS_CLIENT = "1fec8e78-bce4-4aaf-ab1b-5451cc387264";

/** How Entra names itself in a token of each version. */
export function issuerOf(version: "v1" | "v2", url: string, tenantId: string): string {
  return version === "v2" ? `${url}/${tenantId}/v2.0` : `https://sts.windows.net/${tenantId}/`;
}

/** A stable pairwise subject: differs by app, as Entra's does. */
export function subjectOf(personId: string, audience: string): string {
  return createHash("sha256").update(`${personId} ${audience}`).digest("base64url");
}

export interface SsoTokenOptions {
  /** v2 (the default) names the tenant's v2.0 issuer and the client id; v1 names sts.windows.net and the APP_ID_URI. */
  readonly version?: "v1" | "v2";
  readonly audience?: string;
  readonly issuer?: string;
  readonly tenantId?: string;
  readonly oid?: string;
  /** Seconds from now; negative: expired already. */
  readonly expiresIn?: number;
  /** Seconds from now until the token becomes valid. */
  readonly validFrom?: number;
  readonly signing?: Signing;
  readonly claims?: Claims;
}

/** Signs the token that the Teams client obtains for the bot. @throws when the tenant has no such person */
export function issueSsoToken(
  tenant: SimulatedTenant,
  authority: TokenAuthority,
  url: string,
  personId: string,
  options: SsoTokenOptions,
): Promise<string> {
  const person = tenant.users.get(personId);
  if (person === undefined) throw new Error(`the simulated tenant has nobody with id ${personId}`);
  const claims = {
    ...ssoClaims(tenant, person, url, options.version ?? "v2"),
    ...(options.audience === undefined ? {} : { aud: options.audience }),
    ...(options.issuer === undefined ? {} : { iss: options.issuer }),
    ...(options.tenantId === undefined ? {} : { tid: options.tenantId }),
    ...(options.oid === undefined ? {} : { oid: options.oid }),
    ...options.claims,
  };
  const life = { expiresIn: options.expiresIn, validFrom: options.validFrom };
  return authority.issue(claims, life, options.signing);
}

/** Claims of the token that the Teams client obtains for the bot, in the form of either version. */
function ssoClaims(tenant: SimulatedTenant, person: SimUser, url: string, version: "v1" | "v2"): Claims {
  const common = {
    iss: issuerOf(version, url, tenant.tenantId),
    tid: tenant.tenantId,
    oid: person.id,
    name: person.displayName,
    scp: "access_as_user",
    sub: subjectOf(person.id, tenant.clientId),
  };
  return version === "v2"
    ? {
        ...common,
        aud: tenant.clientId,
        ver: "2.0",
        azp: TEAMS_CLIENT,
        azpacr: "0",
        preferred_username: person.userPrincipalName,
      }
    : {
        ...common,
        aud: tenant.appIdUri,
        ver: "1.0",
        appid: TEAMS_CLIENT,
        appidacr: "0",
        upn: person.userPrincipalName,
        unique_name: person.userPrincipalName,
      };
}
