import { findUser } from "../../tenant/membership.js";
import type { SimUser } from "../../tenant/simulated-tenant.js";
import { delegatedToken, type TokenContext } from "../delegated-token.js";
import { EntraRefusal } from "../entra-error.js";
import { issuerOf, subjectOf } from "../person-tokens.js";
import type { AuthorizeRequest } from "./authorize-request.js";
import type { Session } from "./sessions.js";

/** Who signed in, how, and for what. */
export interface SignedIn {
  readonly request: Pick<AuthorizeRequest, "scopes" | "claims" | "nonce">;
  readonly person: string;
  readonly signedIn: Session;
}

/** What a code brings: the person's token for Graph, and an id token for the app. @throws EntraRefusal */
export async function tokensForCode(
  context: TokenContext,
  form: URLSearchParams,
  grant: SignedIn,
): Promise<Readonly<Record<string, unknown>>> {
  const person = findUser(context.tenant, grant.person);
  if (person === undefined) throw new EntraRefusal(50034);
  if (!person.accountEnabled) throw new EntraRefusal(50057);
  const { scopes, claims } = grant.request;
  const granted = (contexts: readonly string[]) => {
    const acrs = contexts.filter((one) => !context.rules.withheldContexts.has(one));
    return acrs.length === 0 ? {} : { acrs };
  };
  const tokens = await delegatedToken(context, person, scopes, {
    amr: grant.signedIn.methods,
    ...granted(claims.ofAccessToken),
  });
  if (!scopes.openId.includes("openid")) return tokens;
  const id_token = await idToken(context, person, grant, granted(claims.ofIdToken));
  if (form.get("client_info") !== "1") return { ...tokens, id_token };
  const client = JSON.stringify({ uid: person.id, utid: context.tenant.tenantId });
  return { ...tokens, id_token, client_info: Buffer.from(client).toString("base64url") };
}

function idToken({ tenant, authority, url }: TokenContext, person: SimUser, grant: SignedIn, more: object) {
  const { nonce } = grant.request;
  return authority.issue({
    iss: issuerOf("v2", url, tenant.tenantId),
    aud: tenant.clientId,
    ver: "2.0",
    tid: tenant.tenantId,
    oid: person.id,
    sub: subjectOf(person.id, tenant.clientId),
    name: person.displayName,
    preferred_username: person.userPrincipalName,
    auth_time: Math.floor(grant.signedIn.at / 1000),
    ...(nonce === undefined ? {} : { nonce }),
    ...more,
  });
}
