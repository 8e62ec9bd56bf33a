import { z } from "zod";
import type { CarriedSignIn } from "../core/access/sign-in-demands.js";

const words = z.array(z.string().max(64)).max(50).optional().catch(undefined);
const seconds = z.number().int().positive().max(100_000_000_000).optional().catch(undefined);
/** Anything else than an object carries nothing. */
const Carrying = z.object({ amr: words, acrs: words, auth_time: seconds, iat: seconds }).catch({});

/**
 * The `claims` of an authorization request (https://learn.microsoft.com/entra/identity-platform/claims-challenge): what Entra
 * demanded, and the authentication contexts that the installation asks for. Both tokens are to carry those: the one for Graph
 * for Entra's own rules, the id token for us. undefined: nothing is demanded.
 */
export function claimsFor(challenge: string | undefined, contexts: readonly string[]): string | undefined {
  if (contexts.length === 0) return challenge;
  const acrs = {
    essential: true,
    ...(contexts.length === 1 ? { value: contexts[0] } : { values: contexts }),
  };
  const { access_token, id_token, ...rest } = claimsIn(challenge ?? "");
  return JSON.stringify({
    ...rest,
    access_token: { ...access_token, acrs },
    id_token: { ...id_token, acrs },
  });
}

/**
 * What the sign-in carried, by both tokens: they came straight from Entra for one and the same sign-in. Graph's token is in a
 * form of Graph's own; where it cannot be read it says nothing, and what was demanded counts as missing.
 */
export function carriedBy(accessToken: string, idClaims: Readonly<Record<string, unknown>>): CarriedSignIn {
  const id = Carrying.parse(idClaims);
  const access = Carrying.parse(payloadOf(accessToken));
  const at = id.auth_time ?? id.iat;
  return {
    amr: [...new Set([...(id.amr ?? []), ...(access.amr ?? [])])],
    acrs: [...new Set([...(id.acrs ?? []), ...(access.acrs ?? [])])],
    ...(at === undefined ? {} : { at: new Date(at * 1000).toISOString() }),
  };
}

const Claims = z.looseObject({
  access_token: z.looseObject({}).optional().catch(undefined),
  id_token: z.looseObject({}).optional().catch(undefined),
});

function claimsIn(challenge: string): z.infer<typeof Claims> {
  return Claims.safeParse(jsonIn(challenge)).data ?? {};
}

function payloadOf(token: string): unknown {
  return jsonIn(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Not ours to read.
  }
}

/** They go into an address, and no browser takes any length there. */
export const MAX_CLAIMS_CHARACTERS = 1_500;

const IN_HEADER = /\bclaims="([A-Za-z0-9+/_-]+={0,2})"/i;

/**
 * What Graph demands of a sign-in, from its `WWW-Authenticate` header, where it stands in base64
 * (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
 * @returns the JSON; undefined: nothing, or nothing that can be passed on
 */
export function claimsDemanded(header: string | null): string | undefined {
  const [, encoded] = IN_HEADER.exec(header ?? "") ?? [];
  if (encoded === undefined) return undefined;
  const claims = Buffer.from(encoded, "base64").toString("utf8");
  return claims.length <= MAX_CLAIMS_CHARACTERS && isObject(jsonIn(claims)) ? claims : undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
