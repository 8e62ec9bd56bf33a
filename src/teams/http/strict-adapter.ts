// As in application.ts, without the package's index.
import { TeamsAdapter } from "@microsoft/teams-ai/lib/TeamsAdapter.js";
import { type Activity, INVOKE_RESPONSE_KEY, type InvokeResponse, TurnContext } from "botbuilder";
import {
  type ChannelTokenCheck,
  type ChannelTokenOptions,
  type ChannelVoucher,
  channelTokenCheck,
  checkActivity,
} from "./channel-token.js";
import { type OpenIdKeys, openIdKeys } from "./openid-keys.js";

export interface AdapterOptions extends ChannelTokenOptions {
  readonly botOpenIdMetadataUrl: string;
}

/**
 * For the framework, which signs nothing here and lets no request in: what of it would write finds no token, and its own
 * check of requests, which is never asked, would take none for this bot's.
 */
const NO_CREDENTIALS: ConstructorParameters<typeof TeamsAdapter>[1] = {
  isValidAppId: async () => false,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => {
    throw new Error("the framework has no token of the bot");
  },
};

type TurnLogic = (context: TurnContext) => Promise<void>;

/**
 * The Bot Framework's adapter, with our own check of the request in the place of the framework's. That one is laxer in
 * all it looks at, and asks for new signing keys once an hour at most: for so long nothing would get in after the
 * channel changed its keys. Its clients of the channel and of the token service are not made: messages are written by
 * sending/connector.ts, outside of any turn.
 */
export class StrictTeamsAdapter extends TeamsAdapter {
  readonly #keys: OpenIdKeys;
  readonly #check: ChannelTokenCheck;
  constructor(options: AdapterOptions) {
    super({}, NO_CREDENTIALS);
    this.#keys = openIdKeys(options.botOpenIdMetadataUrl);
    this.#check = channelTokenCheck(options, this.#keys);
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

  /** Lets an activity pass that the token it came with was made for. @throws Unauthenticated */
  authenticate(voucher: ChannelVoucher, activity: Activity): void {
    checkActivity(voucher, activity);
  }

  /** Runs one turn for an authenticated activity. @returns what an invoke was answered */
  async run(activity: Activity, logic: TurnLogic): Promise<InvokeResponse | undefined> {
    const context = new TurnContext(this, activity);
    await logic(context);
    const answer: Partial<Activity> | undefined = context.turnState.get(INVOKE_RESPONSE_KEY);
    return answer?.value;
  }
}
