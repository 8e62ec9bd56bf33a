import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from "jose";
import { z } from "zod";

/** Neither a click nor a message can wait longer for the keys than this. */
const TIMEOUT_MS = 3_000;
/** How often an unknown key may make us ask for the keys anew: new ones are signed with at once. */
const ASKED_AGAIN_AFTER_MS = 10_000;

const Discovery = z.object({ jwks_uri: z.url() });
/** The channels a key may sign for; a key that does not say so may sign for none. */
const Endorsed = z.object({ kid: z.string(), endorsements: z.array(z.string()).catch([]) });

export interface OpenIdKeys extends JWTVerifyGetKey {
  /** Fetches the keys before a request waits for them. */
  fetchAhead(): Promise<void>;
  /** The channels that the key of this id is published for, among the keys fetched last. */
  endorsementsOf(kid: string): Promise<readonly string[]>;
}

/** Where the discovery document said that the keys are, and the keys. */
interface Discovered {
  readonly from: string;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
}

/**
 * The signing keys named by an OpenID discovery document, fetched when first needed and kept by jose
 * (10 minutes; an unknown key id asks again, at most every 10 seconds). The document is read anew when a key cannot be
 * had, at most as often: the keys may have moved, or what it said was spoiled.
 */
export function openIdKeys(discoveryUrl: string): OpenIdKeys {
  let discovered: Promise<Discovered> | undefined;
  let discoveredAt = Number.NEGATIVE_INFINITY;
  const current = (): Promise<Discovered> => {
    discovered ??= read(discoveryUrl).catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  const read = async (url: string): Promise<Discovered> => {
    discoveredAt = Date.now();
    return discover(url);
  };
  /** @returns whether the keys are elsewhere now */
  const lookAgain = async (known: Discovered): Promise<boolean> => {
    if (Date.now() - discoveredAt < ASKED_AGAIN_AFTER_MS) return false;
    const found = await read(discoveryUrl).catch(() => known);
    if (found.from === known.from) return false;
    discovered = Promise.resolve(found);
    return true;
  };
  const get: JWTVerifyGetKey = async (header, token) => {
    const known = await current();
    try {
      return await known.keys(header, token);
    } catch (error) {
      if (!isWithoutKey(error) || !(await lookAgain(known))) throw error;
      return (await current()).keys(header, token);
    }
  };
  return Object.assign(get, {
    fetchAhead: async () => (await current()).keys.reload(),
    endorsementsOf: async (kid: string) => endorsementsAmong((await current()).keys.jwks()?.keys ?? [], kid),
  });
}

/** An id that several keys share is endorsed for what all of them are: which of them signed is not known here. */
function endorsementsAmong(keys: readonly unknown[], kid: string): readonly string[] {
  const [first = [], ...others] = keys
    .flatMap((key) => Endorsed.safeParse(key).data ?? [])
    .filter((key) => key.kid === kid)
    .map((key) => key.endorsements);
  return first.filter((channel) => others.every((endorsements) => endorsements.includes(channel)));
}

async function discover(discoveryUrl: string): Promise<Discovered> {
  const answer = await fetch(discoveryUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!answer.ok)
    throw new Error(`OpenID discovery at ${discoveryUrl} answered ${answer.status}, expected 200`);
  const { jwks_uri } = Discovery.parse(await answer.json());
  const keys = createRemoteJWKSet(new URL(jwks_uri), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: ASKED_AGAIN_AFTER_MS,
  });
  return { from: jwks_uri, keys };
}

/** The keys could not be had: that says nothing about the token. */
const KEYS_UNAVAILABLE: readonly string[] = ["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"];

/** Whether there is no key to check the token with, as against a token that is wrong in itself. */
function isWithoutKey(error: unknown): boolean {
  return error instanceof errors.JWKSNoMatchingKey || !isBadToken(error);
}

/** Whether the token itself is at fault, as against keys that could not be fetched. */
export function isBadToken(error: unknown): error is errors.JOSEError {
  return error instanceof errors.JOSEError && !KEYS_UNAVAILABLE.includes(error.code);
}
