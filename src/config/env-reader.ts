import { nearNames } from "./near-names.js";
import { readSecretFiles } from "./secret-files.js";

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Reads variables one by one and collects what is wrong with them, so that all of it can be said at once.
 * A method that finds a problem answers its default: the result is only used when there are no problems.
 * A variable that is set to nothing but white space counts as not set, except where a method says otherwise.
 */
export class EnvReader {
  readonly problems: string[] = [];
  /** Variables that nothing reads, and that look like ours. */
  readonly names: ReturnType<typeof nearNames>;
  readonly #env: NodeJS.ProcessEnv;
  readonly #files: ReadonlyMap<string, string>;
  constructor(env: NodeJS.ProcessEnv) {
    const { files, values, problems } = readSecretFiles(env);
    this.#env = { ...env, ...values };
    this.#files = files;
    this.names = nearNames(env);
    this.problems.push(...problems);
  }

  /** The file that a secret was read from; undefined: it came as a variable, or not at all. */
  fileOf(name: string): string | undefined {
    return this.#files.get(name);
  }

  /** Whether a file was named for it that holds none: that problem is noted already. */
  isUnread(name: string): boolean {
    return this.#files.has(name) && this.text(name) === undefined;
  }

  text(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** As {@link EnvReader.text}, but tells "set to nothing" from "not set". */
  textOrEmpty(name: string): string | undefined {
    return this.#env[name]?.trim();
  }

  /** Notes a problem; `found` is quoted, so never pass a secret's value. */
  wrong(name: string, found: string | undefined, expected: string): void {
    const what = found === undefined ? "is not set" : `is ${JSON.stringify(found)}`;
    this.problems.push(`${name} ${what}: expected ${expected}.`);
  }

  required(name: string, expected: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) this.wrong(name, undefined, expected);
    return value;
  }

  /** In lower case, as everywhere in Latchkey. */
  guid(name: string, whose: string): string {
    const expected = `${whose}, a GUID such as 11111111-2222-3333-4444-555555555555`;
    const value = this.required(name, expected);
    if (value !== undefined && !GUID.test(value)) this.wrong(name, value, expected);
    return value?.toLowerCase() ?? "";
  }

  /** Object ids, comma separated. Not set is undefined; set to nothing is an empty list, which is not the same. */
  ids(name: string): readonly string[] | undefined {
    const given = this.#env[name];
    if (given === undefined) return undefined;
    const entries = given
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean);
    for (const entry of entries.filter((entry) => !GUID.test(entry))) {
      this.wrong(`An entry of ${name}`, entry, "an object id (GUID); separate several by commas");
    }
    return Object.freeze([...new Set(entries.map((entry) => entry.toLowerCase()))]);
  }

  number(name: string, { byDefault, max }: { byDefault: number; max: number }): number {
    const value = this.text(name);
    if (value === undefined) return byDefault;
    if (/^\d+(\.\d+)?$/.test(value) && Number(value) <= max) return Number(value);
    this.wrong(name, value, `a number from 0 to ${max}`);
    return byDefault;
  }

  integer(name: string, { byDefault, min, max }: { byDefault: number; min: number; max: number }): number {
    const value = this.text(name);
    if (value === undefined) return byDefault;
    if (/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max) return Number(value);
    this.wrong(name, value, `a whole number from ${min} to ${max}`);
    return byDefault;
  }

  flag(name: string, byDefault: boolean): boolean {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return byDefault;
    if (value !== "true" && value !== "false") this.wrong(name, this.text(name), "true or false");
    return value === "true";
  }

  oneOf<T extends string>(name: string, known: readonly T[], byDefault: T): T {
    const value = this.text(name);
    if (value === undefined) return byDefault;
    const match = known.find((candidate) => candidate === value);
    if (match === undefined) this.wrong(name, value, `one of ${known.join(", ")}`);
    return match ?? byDefault;
  }

  /** An address, without a slash at its end. `expected` says what the address is; `allows` decides whether it may be that. */
  url(name: string, value: string, expected: string, allows: (url: URL) => boolean): string {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || url.username !== "" || url.password !== "" || !allows(url)) {
      // Text that is no address, or an address with a password in it, may hold a secret: it is not repeated.
      const quotable = url !== undefined && url.username === "" && url.password === "";
      this.wrong(name, quotable ? value : "not an address we can use", expected);
    }
    return (url?.href ?? value).replace(/\/+$/, "");
  }
}

export const isHttps = (url: URL): boolean => url.protocol === "https:";

/** Addresses that other paths are appended to. */
export const isHttpsBase = (url: URL): boolean => isHttps(url) && url.search === "" && url.hash === "";

/** Plain http only where it cannot leave the machine. */
export const isHttpsOrLoopback = (url: URL): boolean =>
  isHttps(url) || (url.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname));
