// As in application.ts, without the package's index.
import { TeamsAdapter } from "@microsoft/teams-ai/lib/TeamsAdapter.js";
import type { Activity, InvokeResponse, TurnContext } from "botbuilder";
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  type ConnectorClient,
} from "botframework-connector";
import { BoundedMap } from "../../async/bounded-map.js";
import {
  type ChannelTokenCheck,
  type ChannelTokenOptions,
  type ChannelVoucher,
  channelTokenCheck,
  checkActivity,
  Unauthenticated,
} from "./channel-token.js";
import { TokenCredentialFactory } from "./connector-credentials.js";
import { type OpenIdKeys, openIdKeys } from "./openid-keys.js";

export interface AdapterOptions extends ChannelTokenOptions {
  readonly tenantId: string;
  readonly authorityHost: string;
  readonly botOpenIdMetadataUrl: string;
  readonly botScope: string;
  readonly botToken: () => Promise<string>;
}

/** Clients that are kept, since to make one takes longer than to use it. Teams has one service for each region. */
const CONNECTORS_KEPT = 16;

type TurnLogic = (context: TurnContext) => Promise<void>;

/** The Bot Framework's adapter, let in only after our own check of the request. */
export class StrictTeamsAdapter extends TeamsAdapter {
  readonly #keys: OpenIdKeys;
  readonly #check: ChannelTokenCheck;
  readonly #issuer: string;
  readonly #clientId: string;
  readonly #botScope: string;
  readonly #connectors = new BoundedMap<string, Promise<ConnectorClient>>(CONNECTORS_KEPT);
  constructor(options: AdapterOptions) {
    super(botFrameworkSettings(options), new TokenCredentialFactory(options.clientId, options.botToken));
    this.#keys = openIdKeys(options.botOpenIdMetadataUrl);
    this.#check = channelTokenCheck(options, this.#keys);
    this.#issuer = options.botTokenIssuer;
    this.#clientId = options.clientId;
    this.#botScope = options.botScope;
  }

  /** Fetches the channel's keys, for our own check and for the Bot Framework's. @throws when they cannot be had */
  async fetchKeysAhead(): Promise<void> {
    await Promise.all([this.#keys.fetchAhead(), this.#fetchFrameworksKeys()]);
  }

  /** The framework fetches its keys when it is shown a token; for one that no key signed it does nothing else. */
  async #fetchFrameworksKeys(): Promise<void> {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "RS256", kid: "none" })}.${part({ iss: this.#issuer })}.none`;
    await this.botFrameworkAuthentication
      .authenticateRequest({ channelId: "msteams" } as Activity, `Bearer ${token}`)
      .catch((error: unknown) => {
        if (!(error instanceof AuthenticationError) || Number(error.statusCode) !== 401) throw error;
      });
  }

  /**
   * What the token of a request vouches for; its body is not needed for that.
   * @throws Unauthenticated, or another error when the channel's keys cannot be read
   */
  async vouch(authorization: string | undefined): Promise<ChannelVoucher> {
    return this.#check(authorization);
  }

  /**
   * Whether it vouches for this activity, which came with it.
   * @throws Unauthenticated, or another error when the channel's keys cannot be read
   */
  async authenticate(voucher: ChannelVoucher, activity: Activity): Promise<AuthenticateRequestResult> {
    checkActivity(voucher, activity);
    const vouched = await this.botFrameworkAuthentication
      .authenticateRequest(activity, voucher.authorization)
      .catch((error: unknown) => {
        // What passed our check can still fail theirs: it keeps its keys for longer than we do.
        if (error instanceof AuthenticationError) throw new Unauthenticated("refused by the Bot Framework");
        throw error;
      });
    // Its own would make another client for each turn, and nothing is written through a turn's client.
    return { ...vouched, connectorFactory: { create: (serviceUrl) => this.connectorTo(serviceUrl) } };
  }

  /** Runs one turn for an authenticated activity. */
  async run(
    vouched: AuthenticateRequestResult,
    activity: Activity,
    logic: TurnLogic,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(vouched, activity, logic);
  }

  /** A client for writing to the service behind this URL, outside of any turn. It signs each request anew. */
  async connectorTo(serviceUrl: string): Promise<ConnectorClient> {
    const known = this.#connectors.get(serviceUrl);
    if (known !== undefined) return known;
    const made = this.#makeConnector(serviceUrl);
    made.catch(() => this.#connectors.delete(serviceUrl));
    this.#connectors.set(serviceUrl, made);
    return made;
  }

  async #makeConnector(serviceUrl: string): Promise<ConnectorClient> {
    const ourselves = this.createClaimsIdentity(this.#clientId);
    const connector = await this.botFrameworkAuthentication
      .createConnectorFactory(ourselves)
      .create(serviceUrl, this.#botScope);
    withoutRetries(connector);
    return connector;
  }
}

/**
 * Takes out the client's own retries, for which there is no setting: they would wait, for as long as Teams asks,
 * inside the time that one call may take, and repeat what retry.ts repeats.
 */
function withoutRetries(connector: ConnectorClient): void {
  const { client } = connector as unknown as {
    client?: { pipeline?: { removePolicy(options: { name: string }): unknown } };
  };
  client?.pipeline?.removePolicy({ name: "defaultRetryPolicy" });
}

/** If one of these is given, all must be: the framework then fills in no defaults (docs/adr/0002). */
function botFrameworkSettings(options: AdapterOptions): ConstructorParameters<typeof TeamsAdapter>[0] {
  return {
    MicrosoftAppId: options.clientId,
    MicrosoftAppType: "SingleTenant",
    MicrosoftAppTenantId: options.tenantId,
    ToChannelFromBotLoginUrl: `${options.authorityHost}/${options.tenantId}`,
    ToChannelFromBotOAuthScope: options.botScope,
    ToBotFromChannelTokenIssuer: options.botTokenIssuer,
    ToBotFromChannelOpenIdMetadataUrl: options.botOpenIdMetadataUrl,
    // Emulator tokens never get past our own check; the framework wants an address all the same.
    ToBotFromEmulatorOpenIdMetadataUrl: options.botOpenIdMetadataUrl,
    // The Bot Framework's token service is not used: single sign-on is handled in sso-token.ts.
    OAuthUrl: "https://token.botframework.com/",
    CallerId: "",
  };
}
