import { createHash } from "node:crypto";
import type { JWTHeaderParameters, JWTPayload, JWTVerifyGetKey } from "jose";
import { BoundedMap } from "../../async/bounded-map.js";
import { isBadToken } from "./openid-keys.js";

/** More than one tenant's activities are signed with at a time. */
const TOKENS_KEPT = 100;

/** A token whose signature and claims were checked. */
export interface Verified<Facts> {
  /** The very object that verified it. */
  readonly key: unknown;
  readonly header: JWTHeaderParameters;
  readonly payload: Pick<JWTPayload, "exp" | "nbf">;
  /** What was found in it. */
  readonly facts: Facts;
}

/**
 * Tokens that were verified, since a channel sends one token with many activities and the same text, key and time give
 * the same answer. A token counts as known only while it is good by its own times, and while the keys that are in force
 * name the key object that verified it: fetched anew, they are other objects, and everything is verified again.
 */
export class KnownTokens<Facts> {
  readonly #keys: JWTVerifyGetKey;
  readonly #toleranceSeconds: number;
  /** By digest: no token is kept. */
  readonly #known = new BoundedMap<string, Verified<Facts>>(TOKENS_KEPT);

  constructor(keys: JWTVerifyGetKey, toleranceSeconds: number) {
    this.#keys = keys;
    this.#toleranceSeconds = toleranceSeconds;
  }

  /** undefined: it has to be verified. @throws when the keys cannot be had */
  async find(token: string): Promise<Facts | undefined> {
    const name = nameOf(token);
    const known = this.#known.get(name);
    if (known === undefined) return undefined;
    const [, payload = "", signature = ""] = token.split(".");
    const current = async () => this.#keys(known.header, { payload, signature });
    const key = this.#isTime(known) ? await current().catch(noneWhenBad) : undefined;
    if (key === known.key) return known.facts;
    this.#known.delete(name);
    return undefined;
  }

  keep(token: string, verified: Verified<Facts>): Facts {
    this.#known.set(nameOf(token), verified);
    return verified.facts;
  }

  #isTime({ payload: { exp = 0, nbf = 0 } }: Verified<Facts>): boolean {
    const now = Math.floor(Date.now() / 1000);
    return exp > now - this.#toleranceSeconds && nbf <= now + this.#toleranceSeconds;
  }
}

/** The keys name none for such a token any more. @throws what says nothing about the token */
function noneWhenBad(error: unknown): undefined {
  if (!isBadToken(error)) throw error;
}

function nameOf(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}
