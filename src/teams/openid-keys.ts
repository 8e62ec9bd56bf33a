import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";

/** Neither a click nor a message can wait longer for the keys than this. */
const TIMEOUT_MS = 3_000;

const Discovery = z.object({ jwks_uri: z.url() });

/**
 * The signing keys named by an OpenID discovery document, fetched when first needed and kept by jose
 * (10 minutes; an unknown key id asks again, at most every 30 seconds).
 */
export function openIdKeys(discoveryUrl: string): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(discoveryUrl).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

async function discover(discoveryUrl: string): Promise<JWTVerifyGetKey> {
  const answer = await fetch(discoveryUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok)
    throw new Error(`OpenID discovery at ${discoveryUrl} answered ${answer.status}, expected 200`);
  const { jwks_uri } = Discovery.parse(await answer.json());
  return createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: TIMEOUT_MS });
}

/** The keys could not be had: that says nothing about the token. */
const KEYS_UNAVAILABLE: readonly string[] = ["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"];

/** Whether the token itself is at fault, as against keys that could not be fetched. */
export function isBadToken(error: unknown): error is errors.JOSEError {
  return error instanceof errors.JOSEError && !KEYS_UNAVAILABLE.includes(error.code);
}
