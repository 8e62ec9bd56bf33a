import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page, Route } from "playwright-core";
import { writeTogether } from "./picture-of-card.js";

const FOLDER = fileURLToPath(new URL("../../docs/images/", import.meta.url));
/** The window that Teams opens on a phone, in CSS pixels. */
const NARROW = { width: 390, height: 600 };

/** The browser of one person: what is signed in and kept in one of its pages is so in the others, and in no other browser. */
export async function browserOfPerson(browser: Browser): Promise<PersonsBrowser> {
  return new PersonsBrowser(await browser.newContext({ viewport: NARROW, deviceScaleFactor: 2 }));
}

/** What a person does on the pages of a sign-in. Keeps what passed by in addresses and cookies and could be used by who reads it. */
export class PersonsBrowser {
  readonly passedBy = new Set<string>();
  readonly context: BrowserContext;

  constructor(context: BrowserContext) {
    this.context = context;
    context.on("request", (request) => this.#note(request.url()));
  }

  async open(address: string): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(address);
    return page;
  }

  /** Presses a button that leads to another page. */
  async press(page: Page, name: string | RegExp): Promise<void> {
    await page.getByRole("button", { name }).first().click();
    for (const { name: cookie, value } of await this.context.cookies()) {
      if (cookie.startsWith("latchkey-")) this.passedBy.add(value);
    }
  }

  /** The address with which Entra sends the browser back, which does not get there. */
  async caughtOnItsWay(send: () => Promise<void>): Promise<string> {
    const atEntra = "**/oauth2/v2.0/authorize*";
    const caught = new Promise<string>((resolve, reject) => {
      const stop = async (route: Route) => {
        const answer = await route.fetch({ maxRedirects: 0 });
        await route.abort();
        resolve(answer.headers().location ?? "");
      };
      this.context
        .route(atEntra, (route) => void stop(route).catch(reject))
        .then(send)
        .catch(reject);
    });
    const address = await caught;
    await this.context.unroute(atEntra);
    this.#note(address);
    return address;
  }

  #note(url: string): void {
    for (const [, secret = ""] of url.matchAll(/(?:sign-in\/|state=|code=|code_challenge=)([\w.%-]{20,})/g))
      this.passedBy.add(secret);
  }
}

/** Every address that the page can be led back to. */
export async function historyOf(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { entries } = await session.send("Page.getNavigationHistory");
  await session.detach();
  return entries.map(({ url }) => url);
}

/** One picture of several pages, each as a phone shows it. Only when LATCHKEY_WRITE_PICTURES is 1. */
export class PagePictures {
  readonly #colorScheme: "light" | "dark";
  readonly #taken: Buffer[] = [];

  constructor(colorScheme: "light" | "dark") {
    this.#colorScheme = colorScheme;
  }

  async take(page: Page): Promise<void> {
    if (process.env.LATCHKEY_WRITE_PICTURES !== "1") return;
    await page.emulateMedia({ colorScheme: this.#colorScheme });
    this.#taken.push(await page.screenshot({ scale: "css" }));
    await page.emulateMedia({ colorScheme: null });
  }

  async write(browser: Browser, name: string): Promise<void> {
    if (this.#taken.length === 0) return;
    const page = await browser.newPage();
    await writeTogether(page, this.#taken, join(FOLDER, `${name}.webp`));
    await page.close();
  }
}
