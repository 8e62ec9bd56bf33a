import type { Ports, ReportPage } from "../ports.js";
import type { Scan } from "./scan.js";

/** Asks for one page until it comes. @throws Fault when it does not */
export type AskPatiently = (read: () => Promise<ReportPage>) => Promise<ReportPage>;

/**
 * Pages of the people whom a scan has to read. Each names the one that follows, so a tenant's pages take as long as
 * all their answers together; therefore a page can be asked for while the one before it is still being stored.
 */
export class PeoplePages {
  readonly #passkeys: Ports["passkeys"];
  readonly #patiently: AskPatiently;
  #ahead: { readonly question: string; readonly page: Promise<ReportPage> } | undefined;
  constructor({ passkeys }: Pick<Ports, "passkeys">, patiently: AskPatiently) {
    this.#passkeys = passkeys;
    this.#patiently = patiently;
  }

  /** Asks now for a page that is wanted soon. @param next the link to it; undefined: the first */
  askAhead(scan: Scan, next: string | undefined): void {
    const page = this.#ask(scan, next);
    // The caller that takes the page gets the error; a page that is not taken needs no answer.
    page.catch(() => undefined);
    this.#ahead = { question: questionOf(scan, next), page };
  }

  /** The page, asked for now unless it was before. @throws Fault */
  page(scan: Scan, next: string | undefined): Promise<ReportPage> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    // The scan may have become another one meanwhile: a full one, or one without the report.
    return ahead?.question === questionOf(scan, next) ? ahead.page : this.#ask(scan, next);
  }

  #ask(scan: Scan, next: string | undefined): Promise<ReportPage> {
    return this.#patiently(() => this.#read(scan, next));
  }

  async #read(scan: Scan, next: string | undefined): Promise<ReportPage> {
    if (scan.path === "all-users") return { ...(await this.#passkeys.enabledAccounts(next)), methods: [] };
    const methods = methodsOf(scan);
    return this.#passkeys.reportedKeyholders({
      ...(next === undefined ? {} : { next }),
      ...(methods === undefined ? {} : { methods }),
    });
  }
}

function methodsOf(scan: Scan): readonly string[] | undefined {
  return scan.kind === "changes" && scan.methods.length > 0 ? scan.methods : undefined;
}

/** A link says itself what it asks for. */
function questionOf(scan: Scan, next: string | undefined): string {
  return next ?? JSON.stringify([scan.path, methodsOf(scan)]);
}
