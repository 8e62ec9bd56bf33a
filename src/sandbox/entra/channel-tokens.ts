import { type Claims, newSigningKey, publicJwk, type Signing, type SigningKey } from "./json-web-token.js";
import type { TokenAuthority } from "./token-authority.js";

export const CHANNEL_ISSUER = "https://api.botframework.com";

export interface ChannelTokenOptions {
  /** The activity's service URL: the token vouches for it. `undefined` leaves the claim out. */
  readonly serviceUrl: string | undefined;
  readonly audience?: string;
  readonly issuer?: string;
  /** Seconds from now; negative: expired already. */
  readonly expiresIn?: number;
  /** Seconds from now until the token becomes valid. */
  readonly validFrom?: number;
  readonly signing?: Signing;
  /** Signed by a key that is published for another channel than Teams. */
  readonly notEndorsed?: boolean;
  readonly claims?: Claims;
}

/** What the Bot Framework channel service signs activities with: keys of its own, unrelated to the tenant's. */
export class ChannelTokens {
  readonly #teams: SigningKey;
  readonly #otherChannel: SigningKey;
  readonly #authority: TokenAuthority;
  readonly #botId: string;

  private constructor(authority: TokenAuthority, botId: string, keys: readonly [SigningKey, SigningKey]) {
    this.#authority = authority;
    this.#botId = botId;
    [this.#teams, this.#otherChannel] = keys;
  }

  static async create(authority: TokenAuthority, botId: string): Promise<ChannelTokens> {
    const keys = await Promise.all([newSigningKey(), newSigningKey()]);
    return new ChannelTokens(authority, botId, keys);
  }

  keySet(): Claims {
    return {
      keys: [
        { ...publicJwk(this.#teams), endorsements: ["msteams"] },
        { ...publicJwk(this.#otherChannel), endorsements: ["webchat"] },
      ],
    };
  }

  issue(options: ChannelTokenOptions): Promise<string> {
    const claims = {
      iss: options.issuer ?? CHANNEL_ISSUER,
      aud: options.audience ?? this.#botId,
      ...(options.serviceUrl === undefined ? {} : { serviceurl: options.serviceUrl }),
      ...options.claims,
    };
    const life = { expiresIn: options.expiresIn, validFrom: options.validFrom };
    const key = options.notEndorsed ? this.#otherChannel : this.#teams;
    return this.#authority.issue(claims, life, options.signing, key);
  }
}
