import type { SimulatedEntra } from "../entra/simulated-entra.js";
import { findUser } from "../tenant/membership.js";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { GraphRefusal } from "./graph-error.js";
import type { Caller } from "./graph-exchange.js";

/** Who the bearer token stands for. @throws GraphRefusal 401 for anything but a valid token of this tenant for Graph */
export async function authenticate(
  header: string | undefined,
  tenant: SimulatedTenant,
  entra: Pick<SimulatedEntra, "examine">,
  audience: string,
): Promise<Caller> {
  const token = /^Bearer (\S+)$/i.exec(header ?? "")?.[1];
  if (token === undefined) throw unauthorized("Access token is empty.");
  const verdict = await entra.examine(token);
  if (verdict.kind === "bad") {
    throw unauthorized(
      verdict.problem === "expired"
        ? "Lifetime validation failed, the token is expired."
        : verdict.problem === "malformed"
          ? "IDX14100: JWT is not well formed."
          : "Access token validation failure. Invalid signature.",
    );
  }
  const { claims } = verdict;
  if (claims.aud !== audience) throw unauthorized("Access token validation failure. Invalid audience.");
  if (claims.tid !== tenant.tenantId) throw unauthorized("Access token validation failure. Invalid tenant.");
  const appId = String(claims.appid);
  if (claims.scp === undefined) return { kind: "app", appId, permissions: wordsOf(claims.roles) };
  const person = findUser(tenant, String(claims.oid));
  if (person === undefined || !person.accountEnabled) {
    throw unauthorized("The identity of the calling user is unknown, disabled or deleted.");
  }
  const ipAddress = typeof claims.ipaddr === "string" ? claims.ipaddr : null;
  return {
    kind: "person",
    person,
    appId,
    permissions: wordsOf(String(claims.scp).split(" ")),
    tokenRoles: [...wordsOf(claims.wids)],
    ipAddress,
  };
}

function wordsOf(claim: unknown): Set<string> {
  return new Set(Array.isArray(claim) ? claim.map(String) : []);
}

function unauthorized(message: string): GraphRefusal {
  return new GraphRefusal(401, "InvalidAuthenticationToken", message, {
    headers: { "WWW-Authenticate": 'Bearer realm="", error="invalid_token"' },
  });
}
