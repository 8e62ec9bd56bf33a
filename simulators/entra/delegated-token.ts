import { randomUUID } from "node:crypto";
import { activeRoles } from "../tenant/membership.js";
import type { SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import { EntraRefusal } from "./entra-error.js";
import type { SignInRules } from "./interactive/sign-in-rules.js";
import { issuerOf, subjectOf } from "./person-tokens.js";
import type { TokenAuthority } from "./token-authority.js";
import type { AskedScopes } from "./token-scopes.js";

export interface TokenContext {
  readonly tenant: SimulatedTenant;
  readonly authority: TokenAuthority;
  readonly rules: SignInRules;
  readonly url: string;
}

/** What the token says of how the person signed in. */
export interface SignInClaims {
  readonly amr?: readonly string[];
  readonly acrs?: readonly string[];
}

/** A token that acts at Graph in a person's name, and what comes along with it. @throws EntraRefusal */
export async function delegatedToken(
  context: TokenContext,
  person: SimUser,
  scopes: AskedScopes,
  signedIn: SignInClaims = {},
): Promise<Readonly<Record<string, unknown>>> {
  if (scopes.api !== "graph") throw new EntraRefusal(500011, scopes.resource);
  const { tenant, authority, rules } = context;
  const consented = tenant.consents.delegated;
  const missing = rules.missing(person.id, scopes.names);
  if (missing.length > 0 || (scopes.asDefault && consented.size === 0)) {
    throw new EntraRefusal(65001, `('${tenant.clientId}' named '${tenant.appName}': ${missing.join(" ")})`);
  }
  const scp = (scopes.asDefault ? [...consented] : scopes.names).join(" ");
  const access_token = await authority.issue({
    ...commonClaims(context, scopes.resource),
    idtyp: "user",
    oid: person.id,
    name: person.displayName,
    upn: person.userPrincipalName,
    sub: subjectOf(person.id, scopes.resource),
    ipaddr: "203.0.113.7",
    scp,
    wids: activeRoles(tenant, person),
    ...signedIn,
  });
  const answer = { token_type: "Bearer", scope: scp, expires_in: 3599, ext_expires_in: 3599, access_token };
  if (!scopes.openId.includes("offline_access")) return answer;
  const refresh_token = `0.${randomUUID()}.${randomUUID()}`;
  authority.noteSecret(refresh_token);
  return { ...answer, refresh_token };
}

/** Tokens for Graph and for the channel are of version 1 and name the app in `appid`. */
export function commonClaims({ tenant, url }: Pick<TokenContext, "tenant" | "url">, resource: string) {
  return {
    aud: resource,
    iss: issuerOf("v1", url, tenant.tenantId),
    appid: tenant.clientId,
    app_displayname: tenant.appName,
    appidacr: "1",
    tid: tenant.tenantId,
    ver: "1.0",
  };
}
