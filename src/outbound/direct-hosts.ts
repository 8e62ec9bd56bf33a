import { BlockList, isIP } from "node:net";

/** Whether what is at this address is reached without the proxy. */
export type IsDirect = (url: URL) => boolean;

/**
 * Reads entries of `NO_PROXY` as curl does: a host stands for everything below it, a leading dot or `*.` changes
 * nothing, a port limits it, and there are networks. This machine itself is never behind a proxy.
 */
export function directHosts(entries: readonly string[]): IsDirect {
  const rules = ["localhost", "127.0.0.0/8", "::1", ...entries].map(ruleOf);
  return (url) => {
    const host = withoutBrackets(url.hostname);
    const port = url.port || (url.protocol === "https:" ? "443" : "80");
    return rules.some((rule) => rule(host, port));
  };
}

type Rule = (host: string, port: string) => boolean;

function ruleOf(entry: string): Rule {
  if (entry === "*") return () => true;
  const [network, bits] = entry.split("/");
  if (network !== undefined && bits !== undefined) return inNetwork(withoutBrackets(network), Number(bits));
  const { host, port } = takenApart(entry);
  const address = inOneForm(host);
  if (isIP(address) !== 0) return (asked, at) => asked === address && (port ?? at) === at;
  return (asked, at) => (asked === host || asked.endsWith(`.${host}`)) && (port ?? at) === at;
}

function inNetwork(network: string, bits: number): Rule {
  const list = new BlockList();
  list.addSubnet(network, bits, family(network));
  return (host) => isIP(host) !== 0 && list.check(host, family(host));
}

/** An address of version 6 has colons of its own, and a port only behind brackets. */
function takenApart(entry: string): { readonly host: string; readonly port: string | undefined } {
  if (isIP(entry) === 6) return { host: entry, port: undefined };
  const { host = "", port } = /^(?<host>\[.*\]|[^:]*)(:(?<port>\d+))?$/.exec(entry)?.groups ?? {};
  return { host: withoutBrackets(host).replace(/^\*?\./, ""), port };
}

/** An address of version 6 has many forms; an URL is given in the shortest. */
const inOneForm = (host: string): string =>
  isIP(host) === 6 ? withoutBrackets(new URL(`http://[${host}]`).hostname) : host;

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/, "$1");

const family = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");
