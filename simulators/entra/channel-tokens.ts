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
  readonly #authority: TokenAuthority;
  readonly #botId: string;
  #keys: Promise<ChannelKeys> | undefined;

  constructor(authority: TokenAuthority, botId: string) {
    this.#authority = authority;
    this.#botId = botId;
  }

  async keySet(): Promise<Claims> {
    const { teams, otherChannel } = await this.#keysMadeOnce();
    return {
      keys: [
        { ...(await publicJwk(teams)), endorsements: ["msteams"] },
        { ...(await publicJwk(otherChannel)), endorsements: ["webchat"] },
      ],
    };
  }

  async issue(options: ChannelTokenOptions): Promise<string> {
    const claims = {
      iss: options.issuer ?? CHANNEL_ISSUER,
      aud: options.audience ?? this.#botId,
      ...(options.serviceUrl === undefined ? {} : { serviceurl: options.serviceUrl }),
      ...options.claims,
    };
    const life = { expiresIn: options.expiresIn, validFrom: options.validFrom };
    const { teams, otherChannel } = await this.#keysMadeOnce();
    const key = options.notEndorsed ? otherChannel : teams;
    return this.#authority.issue(claims, life, options.signing, key);
  }

  /** Making keys is slow, and many runs speak to no channel. */
  #keysMadeOnce(): Promise<ChannelKeys> {
    this.#keys ??= Promise.all([newSigningKey(), newSigningKey()]).then(([teams, otherChannel]) => ({
      teams,
      otherChannel,
    }));
    return this.#keys;
  }
}

interface ChannelKeys {
  readonly teams: SigningKey;
  readonly otherChannel: SigningKey;
}
