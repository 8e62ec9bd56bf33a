import { type Claims, type KeyMaker, publicJwk, type Signing, type SigningKey } from "./json-web-token.js";
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
  /** Which of the published keys signs it; the one that is for Teams when left out. */
  readonly key?: ChannelKeyName;
  readonly claims?: Claims;
}

/** What a published key says of the channels it is for: Teams, another one, none, or not a word. */
export type ChannelKeyName = "for-teams" | "for-another-channel" | "for-no-channel" | "without-endorsements";

/** What the Bot Framework channel service signs activities with: keys of its own, unrelated to the tenant's. */
export class ChannelTokens {
  readonly #authority: TokenAuthority;
  readonly #botId: string;
  readonly #maker: KeyMaker;
  #keys: Promise<ChannelKeys> | undefined;

  constructor(authority: TokenAuthority, botId: string, maker: KeyMaker) {
    this.#authority = authority;
    this.#botId = botId;
    this.#maker = maker;
  }

  async keySet(): Promise<Claims> {
    const keys = await this.#keysMadeOnce();
    const published = async (name: ChannelKeyName, endorsements?: readonly string[]) => ({
      ...(await publicJwk(keys[name])),
      ...(endorsements === undefined ? {} : { endorsements }),
    });
    return {
      keys: [
        await published("for-teams", ["msteams"]),
        await published("for-another-channel", ["webchat"]),
        await published("for-no-channel", []),
        await published("without-endorsements"),
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
    const keys = await this.#keysMadeOnce();
    return this.#authority.issue(claims, life, options.signing, keys[options.key ?? "for-teams"]);
  }

  /** From here on others sign, and only they are published. */
  async changeKeys(): Promise<void> {
    this.#keys = undefined;
    await this.#keysMadeOnce();
  }

  /** Making keys is slow, and many runs speak to no channel. Those that are for nothing share what they sign with. */
  #keysMadeOnce(): Promise<ChannelKeys> {
    this.#keys ??= Promise.all([this.#maker.newSigningKey(), this.#maker.newSigningKey()]).then(
      ([teams, other]) => ({
        "for-teams": teams,
        "for-another-channel": other,
        "for-no-channel": { ...other, kid: `${other.kid}0` },
        "without-endorsements": { ...other, kid: `${other.kid}1` },
      }),
    );
    return this.#keys;
  }
}

type ChannelKeys = Readonly<Record<ChannelKeyName, SigningKey>>;
