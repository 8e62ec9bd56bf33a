import { createHash } from "node:crypto";
import type { SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import type { Claims } from "./json-web-token.js";

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

/** Claims of the token that the Teams client obtains for the bot, in the form of either version. */
export function ssoClaims(
  tenant: SimulatedTenant,
  person: SimUser,
  url: string,
  version: "v1" | "v2",
): Claims {
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
