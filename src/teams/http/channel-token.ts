import { jwtVerify } from "jose";
import { isBadToken, type OpenIdKeys } from "./openid-keys.js";

/** The tolerance of the Bot Framework's own check, so that the two agree. */
const CLOCK_TOLERANCE_SECONDS = 300;

export interface ChannelTokenOptions {
  readonly clientId: string;
  readonly botTokenIssuer: string;
}

/** The request is not from the channel. Says which check failed, for the log; nothing of the token. */
export class Unauthenticated extends Error {
  override readonly name = "Unauthenticated";
}

/** @throws Unauthenticated, or another error when the channel's keys cannot be read */
export type ChannelTokenCheck = (authorization: string | undefined, serviceUrl: unknown) => Promise<void>;

/**
 * Checks that a request was signed by the channel for this bot and for the service URL it names.
 *
 * Comes before the Bot Framework's own check, which answers 500 with its message to a forged signature and
 * to `alg: none`, skips the service URL when the activity has none, and prints a stack for every bad token.
 */
export function channelTokenCheck(options: ChannelTokenOptions, keys: OpenIdKeys): ChannelTokenCheck {
  return async (authorization, serviceUrl) => {
    const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new Unauthenticated("no bearer token");
    if (typeof serviceUrl !== "string" || serviceUrl === "")
      throw new Unauthenticated("no serviceUrl in the activity");
    const vouchedFor = await signedServiceUrl(token, keys, options);
    if (vouchedFor !== serviceUrl)
      throw new Unauthenticated("serviceurl claim differs from the activity's serviceUrl");
  };
}

async function signedServiceUrl(
  token: string,
  keys: OpenIdKeys,
  options: ChannelTokenOptions,
): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ["RS256"],
      issuer: options.botTokenIssuer,
      audience: options.clientId,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ["exp", "serviceurl"],
    });
    return payload.serviceurl;
  } catch (error) {
    if (isBadToken(error)) throw new Unauthenticated(error.code);
    throw error;
  }
}
