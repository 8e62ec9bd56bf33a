/** What a browser shows. */
export interface ShownPage {
  /** Where it was found in the end. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  readonly text: string;
}

const MOST_REDIRECTS = 10;

/**
 * A browser without a picture: keeps cookies as one does, follows redirects, and presses the buttons of plain forms.
 * One instance is one person's browser.
 */
export class PlainBrowser {
  /** Every address it was at, redirects included: what its history could know. */
  readonly visited: string[] = [];
  readonly #cookies = new Map<string, Map<string, string>>();
  readonly #route: (url: string) => string;
  #page: ShownPage | undefined;

  /** @param route where an address really is, for a service that stands behind another address in production */
  constructor(route: (url: string) => string = (url) => url) {
    this.#route = route;
  }

  get page(): ShownPage {
    if (this.#page === undefined) throw new Error("no page was opened");
    return this.#page;
  }

  open(url: string): Promise<ShownPage> {
    return this.#load(url, { method: "GET" });
  }

  /** Presses the button with these words. @throws Error when the page has none */
  press(label: string): Promise<ShownPage> {
    return this.pressOn(this.page, label);
  }

  /** Presses a button of a page that another window of this browser shows. */
  pressOn({ html, url, text }: ShownPage, label: string): Promise<ShownPage> {
    const forms = [...html.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)];
    const form = forms.find(([, , inside = ""]) => textOf(inside).includes(label));
    if (form === undefined) throw new Error(`no button "${label}" on: ${text}`);
    const [, action = "", inside = ""] = form;
    const fields = [...inside.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]): [string, string] => [name, decoded(value)],
    );
    const body = new URLSearchParams(fields).toString();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", Origin: new URL(url).origin };
    return this.#load(new URL(decoded(action), url).href, { method: "POST", body, headers });
  }

  /** Another window of the same browser: what is signed in here is signed in there. */
  anotherWindow(route = this.#route): PlainBrowser {
    const window = new PlainBrowser(route);
    for (const [origin, cookies] of this.#cookies) window.#cookies.set(origin, cookies);
    return window;
  }

  async #load(url: string, init: RequestInit): Promise<ShownPage> {
    let [at, next] = [url, init];
    for (let redirects = 0; redirects < MOST_REDIRECTS; redirects += 1) {
      this.visited.push(at);
      const response = await this.#request(at, next);
      const location = response.headers.get("location");
      if (location === null) {
        const html = await response.text();
        const { status, headers } = response;
        this.#page = { url: at, status, headers, html, text: textOf(html) };
        return this.#page;
      }
      [at, next] = [new URL(location, at).href, { method: "GET" }];
    }
    throw new Error(`redirected without end, last to ${at}`);
  }

  async #request(url: string, init: RequestInit): Promise<Response> {
    const cookies = this.#cookiesOf(url);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(cookie === "" ? {} : { Cookie: cookie }),
    };
    const response = await fetch(this.#route(url), { ...init, headers, redirect: "manual" });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  }

  #cookiesOf(url: string): Map<string, string> {
    const { origin } = new URL(url);
    const cookies = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, cookies);
    return cookies;
  }
}

function textOf(html: string): string {
  const shown = html.replace(/<(style|script|title)[^>]*>.*?<\/\1>/gs, " ").replace(/<[^>]+>/g, " ");
  return decoded(shown).replace(/\s+/g, " ").trim();
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

function decoded(text: string): string {
  return text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, (_, name: string) => NAMED[name] ?? "");
}
