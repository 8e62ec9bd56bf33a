import type { Claims } from "../entra/json-web-token.js";

export interface BotTokenOptions {
  /** The claims of a token that the tenant signed and that is valid now. */
  readonly verify: (token: string) => Promise<Claims | undefined>;
  readonly clientId: string;
  readonly tenantId: string;
}

const BOT_FRAMEWORK = "https://api.botframework.com";

/** Tells whether a request's Authorization header holds the bot's own token for the channel, valid now. */
export function botTokens(
  options: BotTokenOptions,
): (authorization: string | undefined) => boolean | Promise<boolean> {
  // A bot sends the same token for an hour: it is looked into once.
  let known = { authorization: "", expires: 0 };
  return (authorization = "") => {
    if (authorization === known.authorization && Date.now() < known.expires) return true;
    return readToken(authorization, options).then((expires) => {
      if (expires !== undefined) known = { authorization, expires };
      return expires !== undefined;
    });
  };
}

/** When the bot's token ends, in milliseconds; undefined when it is none of the bot's. */
async function readToken(
  authorization: string,
  { verify, clientId, tenantId }: BotTokenOptions,
): Promise<number | undefined> {
  const token = /^Bearer (.+)$/.exec(authorization)?.[1];
  const claims = token === undefined ? undefined : await verify(token);
  if (claims === undefined) return undefined;
  const ours =
    claims.aud === BOT_FRAMEWORK && (claims.appid ?? claims.azp) === clientId && claims.tid === tenantId;
  return ours ? Number(claims.exp) * 1000 : undefined;
}
