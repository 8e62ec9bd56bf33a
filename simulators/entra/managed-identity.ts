import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { EXCHANGE_AUDIENCE } from "./client-authentication.js";
import type { Claims } from "./json-web-token.js";
import { issuerOf } from "./person-tokens.js";
import type { TokenAuthority } from "./token-authority.js";

export interface IdentityContext {
  readonly tenant: Pick<SimulatedTenant, "tenantId" | "managedIdentity">;
  readonly authority: TokenAuthority;
  readonly url: string;
}

/** What a machine's processes know, and nobody else. */
export const IDENTITY_HEADER = "sandbox-identity-header";

/** The token of the managed identity for the resource asked for; undefined when the caller may not have it. */
export async function identityToken(
  query: URLSearchParams,
  header: string | undefined,
  { tenant, authority, url }: IdentityContext,
): Promise<Claims | undefined> {
  const { clientId, principalId } = tenant.managedIdentity;
  if (header !== IDENTITY_HEADER || query.get("client_id") !== clientId) return undefined;
  const resource = (query.get("resource") ?? "").replace(/\/\.default$/, "");
  const access_token = await authority.issue({
    iss: issuerOf("v2", url, tenant.tenantId),
    aud: resource === "" ? EXCHANGE_AUDIENCE : resource,
    sub: principalId,
    oid: principalId,
    tid: tenant.tenantId,
  });
  const expires_on = String(Math.floor(Date.now() / 1000) + 3599);
  return { access_token, expires_on, resource, token_type: "Bearer" };
}
