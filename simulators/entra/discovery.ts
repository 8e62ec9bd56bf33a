import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { CHANNEL_ISSUER, type ChannelTokens } from "./channel-tokens.js";
import { type Claims, publicJwk } from "./json-web-token.js";
import { issuerOf } from "./person-tokens.js";
import type { TokenAuthority } from "./token-authority.js";

export interface DiscoveryContext {
  readonly tenant: Pick<SimulatedTenant, "tenantId">;
  readonly authority: TokenAuthority;
  readonly channelTokens: ChannelTokens;
  readonly url: () => string;
}

type Documents = Readonly<Record<string, () => Claims | Promise<Claims>>>;

/** The documents by which tokens are verified: who issues them, and with which keys. */
export class Discovery {
  /** Paths that were asked for, as often as they were. */
  readonly requests: string[] = [];
  /** While it is set the tenant's are not to be had: 503. The channel's are. */
  down = false;
  readonly #ofChannel: Documents;
  /** Below the tenant's path. */
  readonly #ofTenant: Documents;

  constructor({ tenant, authority, channelTokens, url }: DiscoveryContext) {
    const metadata = (version: "v1" | "v2") => metadataOf(url(), tenant.tenantId, version);
    const keys = async () => ({ keys: [await publicJwk(authority.key)] });
    this.#ofTenant = {
      "v2.0/.well-known/openid-configuration": () => metadata("v2"),
      ".well-known/openid-configuration": () => metadata("v1"),
      "discovery/v2.0/keys": keys,
      "discovery/keys": keys,
    };
    this.#ofChannel = {
      "botframework/v1/.well-known/openidconfiguration": () => ({
        issuer: CHANNEL_ISSUER,
        jwks_uri: `${url()}/botframework/v1/.well-known/keys`,
        id_token_signing_alg_values_supported: ["RS256"],
      }),
      "botframework/v1/.well-known/keys": () => channelTokens.keySet(),
    };
  }

  /** The channel's document at this path; undefined: there is none. */
  ofChannel(path: string): Promise<Claims> | undefined {
    return this.#read(this.#ofChannel, path);
  }

  /** The tenant's document below its own path; undefined: there is none. */
  ofTenant(path: string): Promise<Claims> | undefined {
    return this.#read(this.#ofTenant, path);
  }

  #read(documents: Documents, path: string): Promise<Claims> | undefined {
    const document = documents[path];
    if (document === undefined) return undefined;
    this.requests.push(path);
    return Promise.resolve(document());
  }
}

function metadataOf(url: string, tenantId: string, version: "v1" | "v2"): Claims {
  const base = `${url}/${tenantId}`;
  const path = version === "v2" ? "v2.0/" : "";
  return {
    issuer: issuerOf(version, url, tenantId),
    authorization_endpoint: `${base}/oauth2/${path}authorize`,
    token_endpoint: `${base}/oauth2/${path}token`,
    device_authorization_endpoint: `${base}/oauth2/${path}devicecode`,
    jwks_uri: `${base}/discovery/${path}keys`,
    response_types_supported: ["code", "id_token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
  };
}
