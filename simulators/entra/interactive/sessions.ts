import { randomUUID } from "node:crypto";

/** How strongly a person signed in: RFC 8176's words, as Entra uses them. */
export type Method = "pwd" | "mfa" | "fido";

/** One account that is signed in in one browser. */
export interface Session {
  readonly methods: readonly Method[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

const COOKIE = "ESTSAUTH";

/** Who is signed in in which browser, by the cookie it sends. */
export class Sessions {
  readonly #browsers = new Map<string, Map<string, Session>>();

  /** The browser that sends this `Cookie`; a new one when it sends none of ours. */
  browserOf(cookie: string | undefined): string {
    const sent = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(cookie ?? "")?.[1];
    if (sent !== undefined && this.#browsers.has(sent)) return sent;
    const browser = randomUUID();
    this.#browsers.set(browser, new Map());
    return browser;
  }

  /** The accounts signed in there. */
  of(browser: string): ReadonlyMap<string, Session> {
    return this.#browsers.get(browser) ?? new Map();
  }

  signIn(browser: string, person: string, method: Method): void {
    const accounts = this.#browsers.get(browser);
    const before = accounts?.get(person)?.methods ?? [];
    const also: readonly Method[] = method === "fido" ? ["fido", "mfa"] : [method];
    accounts?.set(person, { methods: [...new Set([...before, ...also])], at: Date.now() });
  }

  signOut(browser: string, person: string): void {
    this.#browsers.get(browser)?.delete(person);
  }

  cookieFor(browser: string): string {
    return `${COOKIE}=${browser}; Path=/; Secure; HttpOnly; SameSite=None`;
  }
}
