// As in application.ts, without the package's index.
import type { Agent } from "node:http";
import { TeamsAdapter } from "@microsoft/teams-ai/lib/TeamsAdapter.js";
import type { Activity, InvokeResponse, TurnContext } from "botbuilder";
import type { AuthenticateRequestResult, ConnectorClient } from "botframework-connector";
import { BoundedMap } from "../../async/bounded-map.js";
import {
  type ChannelTokenCheck,
  type ChannelTokenOptions,
  type ChannelVoucher,
  channelTokenCheck,
  checkActivity,
} from "./channel-token.js";
import { TokenCredentialFactory } from "./connector-credentials.js";
import { type OpenIdKeys, openIdKeys } from "./openid-keys.js";

export interface AdapterOptions extends ChannelTokenOptions {
  readonly tenantId: string;
  readonly authorityHost: string;
  readonly botOpenIdMetadataUrl: string;
  readonly botScope: string;
  readonly botToken: () => Promise<string>;
  /** The way out to an address; undefined: directly. */
  readonly agentFor?: ((url: string) => Agent) | undefined;
}

/** Clients that are kept, since to make one takes longer than to use it. Teams has one service for each region. */
const CONNECTORS_KEPT = 16;

type TurnLogic = (context: TurnContext) => Promise<void>;

/**
 * The Bot Framework's adapter, with our own check of the request in the place of the framework's. That one is laxer in
 * all it looks at, and asks for new signing keys once an hour at most: for so long nothing would get in after the
 * channel changed its keys.
 */
export class StrictTeamsAdapter extends TeamsAdapter {
  readonly #keys: OpenIdKeys;
  readonly #check: ChannelTokenCheck;
  readonly #clientId: string;
  readonly #botScope: string;
  readonly #agentFor: AdapterOptions["agentFor"];
  readonly #connectors = new BoundedMap<string, Promise<ConnectorClient>>(CONNECTORS_KEPT);
  constructor(options: AdapterOptions) {
    super(botFrameworkSettings(options), new TokenCredentialFactory(options.clientId, options.botToken));
    useOneTokenClient(this.botFrameworkAuthentication);
    this.#keys = openIdKeys(options.botOpenIdMetadataUrl);
    this.#check = channelTokenCheck(options, this.#keys);
    this.#clientId = options.clientId;
    this.#botScope = options.botScope;
    this.#agentFor = options.agentFor;
  }

  /** Fetches the channel's keys. @throws when they cannot be had */
  async fetchKeysAhead(): Promise<void> {
    await this.#keys.fetchAhead();
  }

  /**
   * What the token of a request vouches for; its body is not needed for that.
   * @throws Unauthenticated, or another error when the channel's keys cannot be read
   */
  async vouch(authorization: string | undefined): Promise<ChannelVoucher> {
    return this.#check(authorization);
  }

  /** Whether it vouches for this activity, which came with it. @throws Unauthenticated */
  authenticate(voucher: ChannelVoucher, activity: Activity): AuthenticateRequestResult {
    checkActivity(voucher, activity);
    return {
      audience: this.#botScope,
      callerId: "",
      claimsIdentity: this.createClaimsIdentity(this.#clientId),
      // Its own would make another client for each turn, and nothing is written through a turn's client.
      connectorFactory: { create: (serviceUrl) => this.connectorTo(serviceUrl) },
    };
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
    const pipeline = pipelineOf(connector);
    withoutRetries(pipeline);
    if (this.#agentFor !== undefined) goOutBy(this.#agentFor, pipeline);
    return connector;
  }
}

type Authentication = StrictTeamsAdapter["botFrameworkAuthentication"];

/**
 * The framework makes a client of its token service for each turn, with which nothing is done here: to make it takes as
 * long as to send the answer.
 */
function useOneTokenClient(authentication: Authentication): void {
  const make = authentication.createUserTokenClient.bind(authentication);
  let made: ReturnType<Authentication["createUserTokenClient"]> | undefined;
  authentication.createUserTokenClient = (identity) => {
    made ??= make(identity).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** What the client does with each request; there is no setting for it. */
interface Pipeline {
  removePolicy(options: { name: string }): unknown;
  addPolicy(policy: Policy): unknown;
}
interface Policy {
  readonly name: string;
  sendRequest<Answer>(
    request: { readonly url: string; agent?: Agent },
    next: (request: object) => Answer,
  ): Answer;
}

function pipelineOf(connector: ConnectorClient): Pipeline | undefined {
  return (connector as unknown as { client?: { pipeline?: Pipeline } }).client?.pipeline;
}

/**
 * Takes out the client's own retries: they would wait, for as long as Teams asks, inside the time that one call may
 * take, and repeat what retry.ts repeats.
 */
function withoutRetries(pipeline: Pipeline | undefined): void {
  pipeline?.removePolicy({ name: "defaultRetryPolicy" });
}

/** The client looks for a proxy by itself, and reads NO_PROXY in a way of its own. */
function goOutBy(agentFor: (url: string) => Agent, pipeline: Pipeline | undefined): void {
  pipeline?.addPolicy({
    name: "latchkeyWayOut",
    sendRequest(request, next) {
      request.agent = agentFor(request.url);
      return next(request);
    },
  });
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
    // The framework looks at no token; it wants these addresses all the same.
    ToBotFromEmulatorOpenIdMetadataUrl: options.botOpenIdMetadataUrl,
    // The Bot Framework's token service is not used: single sign-on is handled in sso-token.ts.
    OAuthUrl: "https://token.botframework.com/",
    CallerId: "",
  };
}
