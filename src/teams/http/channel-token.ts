import { jwtVerify } from "jose";
import { KnownTokens, type Verified } from "./known-tokens.js";
import { isBadToken, type OpenIdKeys } from "./openid-keys.js";

/** As the Bot Framework tells bots to allow for: clocks differ. */
const CLOCK_TOLERANCE_SECONDS = 300;

export interface ChannelTokenOptions {
  readonly clientId: string;
  readonly botTokenIssuer: string;
}

/** The request is not from the channel. Says which check failed, for the log; nothing of the token. */
export class Unauthenticated extends Error {
  override readonly name = "Unauthenticated";
}

/** What a token of the channel vouches for, before the activity it came with was looked at. */
export interface ChannelVoucher {
  readonly authorization: string;
  readonly serviceUrl: string;
  /** The channels that its key may sign for. */
  readonly endorsements: readonly string[];
}

/** @throws Unauthenticated, or another error when the channel's keys cannot be read */
export type ChannelTokenCheck = (authorization: string | undefined) => Promise<ChannelVoucher>;

/**
 * Checks that a request was signed by the channel for this bot; nothing of its body is needed for it.
 *
 * Stands in the place of the Bot Framework's own check, which answers 500 with its message to a forged signature and
 * to `alg: none`, skips the service URL when the activity has none, takes a key without endorsements for every channel,
 * prints a stack for every bad token, and looks for new keys once an hour at most.
 */
export function channelTokenCheck(options: ChannelTokenOptions, keys: OpenIdKeys): ChannelTokenCheck {
  const known = new KnownTokens<Omit<ChannelVoucher, "authorization">>(keys, CLOCK_TOLERANCE_SECONDS);
  return async (authorization = "") => {
    const token = /^Bearer (\S+)$/.exec(authorization)?.[1];
    if (token === undefined) throw new Unauthenticated("no bearer token");
    const found = (await known.find(token)) ?? known.keep(token, await verified(token, keys, options));
    return { authorization, ...found };
  };
}

/** Whether the token that a request came with was made for the activity in it. @throws Unauthenticated */
export function checkActivity(
  { serviceUrl, endorsements }: ChannelVoucher,
  activity: { readonly serviceUrl?: unknown; readonly channelId?: unknown },
): void {
  if (typeof activity.serviceUrl !== "string" || activity.serviceUrl === "")
    throw new Unauthenticated("no serviceUrl in the activity");
  if (activity.serviceUrl !== serviceUrl)
    throw new Unauthenticated("serviceurl claim differs from the activity's serviceUrl");
  // Keys are endorsed for channels, so without a channel theirs cannot be checked.
  if (typeof activity.channelId !== "string" || activity.channelId === "")
    throw new Unauthenticated("no channelId in the activity");
  if (!endorsements.includes(activity.channelId))
    throw new Unauthenticated("the key is not endorsed for the activity's channel");
}

async function verified(
  token: string,
  keys: OpenIdKeys,
  options: ChannelTokenOptions,
): Promise<Verified<Omit<ChannelVoucher, "authorization">>> {
  const { payload, protectedHeader, key } = await jwtVerify(token, keys, {
    algorithms: ["RS256"],
    issuer: options.botTokenIssuer,
    audience: options.clientId,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ["exp", "serviceurl"],
  }).catch((error: unknown) => {
    if (isBadToken(error)) throw new Unauthenticated(error.code);
    throw error;
  });
  const { serviceurl } = payload;
  if (typeof serviceurl !== "string" || serviceurl === "") throw new Unauthenticated("no serviceurl claim");
  const { kid } = protectedHeader;
  if (kid === undefined) throw new Unauthenticated("no id of a key");
  const endorsements = await keys.endorsementsOf(kid);
  if (endorsements.length === 0) throw new Unauthenticated("the key is endorsed for no channel");
  return { key, header: protectedHeader, payload, facts: { serviceUrl: serviceurl, endorsements } };
}
