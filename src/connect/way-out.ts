import type { Config } from "../config.js";
import { goOutBy, type Outbound, outbound } from "../outbound/outbound.js";

/** Hosts of the proxies, for people to read; undefined: there is none. */
export function proxyHosts({ proxy }: Pick<Config, "proxy">): readonly string[] | undefined {
  if (proxy === undefined) return undefined;
  const given = [proxy.https, proxy.http].flatMap((address) => address?.reveal() ?? []);
  return [...new Set(given.map((address) => new URL(address).host))];
}

/** From here on everything this process asks for over HTTP goes the way that is configured. */
export function wayOut({ proxy }: Pick<Config, "proxy">): Outbound {
  if (proxy === undefined) return goOutBy(outbound(undefined));
  return goOutBy(
    outbound({ https: proxy.https?.reveal(), http: proxy.http?.reveal(), except: proxy.except }),
  );
}
