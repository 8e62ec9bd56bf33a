import { isIP } from "node:net";
import type { EnvReader } from "./env-reader.js";
import { Secret } from "./secret.js";

/** The company's proxy. Addresses may hold a name and a password. */
export interface ProxyConfig {
  /** For https addresses; undefined: they are reached directly. */
  readonly https: Secret | undefined;
  /** For http addresses. */
  readonly http: Secret | undefined;
  /** What is reached directly all the same: entries of `NO_PROXY`, in lower case. */
  readonly except: readonly string[];
}

/** The proxy of the environment; undefined: there is none. */
export function readProxy(reader: EnvReader): ProxyConfig | undefined {
  const all = readAddress(reader, "ALL_PROXY");
  const https = readAddress(reader, "HTTPS_PROXY") ?? all;
  const http = readAddress(reader, "HTTP_PROXY") ?? all;
  const except = readExceptions(reader);
  if (https === undefined && http === undefined) return undefined;
  return Object.freeze({ https, http, except });
}

function readAddress(reader: EnvReader, name: string): Secret | undefined {
  const value = eitherCase(reader, name);
  if (value === undefined) return undefined;
  if (!isProxyAddress(value)) {
    reader.problems.push(
      `${name} is not an address we can use (it is not repeated here, since it may hold a password): expected an http or https proxy, such as http://proxy.example.com:8080.`,
    );
  }
  return new Secret(value);
}

function isProxyAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && hostname !== "" && pathname === "/" && search === "" && hash === "";
}

/** A host with everything below it, perhaps with a port. */
const HOST = /^(\*?\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?(:\d+)?$/;

function isException(entry: string): boolean {
  const [address = "", bits] = entry.split("/");
  const version = isIP(address.replace(/^\[(.*)\](:\d+)?$/, "$1"));
  if (bits !== undefined)
    return /^\d+$/.test(bits) && Number(bits) <= (version === 0 ? -1 : version === 4 ? 32 : 128);
  return entry === "*" || version === 6 || HOST.test(entry);
}
function readExceptions(reader: EnvReader): readonly string[] {
  const entries = (eitherCase(reader, "NO_PROXY") ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  for (const entry of entries.filter((entry) => !isException(entry))) {
    reader.wrong(
      "An entry of NO_PROXY",
      entry,
      "a host such as example.com (with all below it), an address, a network such as 10.0.0.0/8, or *",
    );
  }
  return Object.freeze(entries);
}

/** Programs differ in which of the two they read. */
function eitherCase(reader: EnvReader, name: string): string | undefined {
  const [small, large] = [reader.text(name.toLowerCase()), reader.text(name)];
  if (small !== undefined && large !== undefined && small !== large) {
    reader.problems.push(`${name} and ${name.toLowerCase()} are both set and differ: expected one value.`);
  }
  return small ?? large;
}
