import type { ReportPage } from "../ports/passkey-source.js";
import type { Ports } from "../ports.js";
import type { Scan } from "./scan.js";

/** Asks for one page until it comes. @throws Fault when it does not */
export type AskPatiently = (read: () => Promise<ReportPage>) => Promise<ReportPage>;

/** Told of the page that follows. */
type FoundNext = (next: string) => void;

/** Whether what was thrown may not be thrown the next time. */
export type MayPass = (error: unknown) => boolean;

/**
 * Pages that may wait to be stored. People with passkeys are a part of a page, so that is little; but a process that
 * dies loses them, so it is half as many after each interruption.
 */
const AHEAD_AT_MOST = 8;

/** A page that was asked for before it was wanted. */
interface PageAhead {
  readonly question: string;
  readonly page: Promise<ReportPage>;
  /** Before it was wanted, in a way that may have passed by now. */
  hasFailed: boolean;
}

/**
 * Pages of the people whom a scan has to read. Each names the one that follows, so a tenant's pages take as long as
 * all their answers together, and nothing else is to come between them: the next page is asked for as soon as the one
 * before it is there, while that is still waiting to be stored.
 */
export class PeoplePages {
  readonly #passkeys: Ports["passkeys"];
  readonly #patiently: AskPatiently;
  readonly #mayPass: MayPass;
  #ahead: PageAhead[] = [];
  /** The link to the page that is asked for when there is room for it. */
  #following: string | undefined;
  constructor({ passkeys }: Pick<Ports, "passkeys">, patiently: AskPatiently, mayPass: MayPass) {
    this.#passkeys = passkeys;
    this.#patiently = patiently;
    this.#mayPass = mayPass;
  }

  /** Asks now for the pages that are wanted soon. @param next the link to the first of them; undefined: the first of all */
  readAhead(scan: Scan, next: string | undefined): void {
    this.#forget();
    this.#askFor(scan, next);
  }

  /** The page, asked for now unless it was before; those after it are asked for. @throws Fault */
  page(scan: Scan, next: string | undefined): Promise<ReportPage> {
    const first = this.#ahead[0];
    // The scan may have become another one meanwhile: a full one, or one without the report.
    if (first?.question !== questionOf(scan, next) || first.hasFailed) this.readAhead(scan, next);
    const taken = this.#ahead.shift();
    if (taken === undefined) throw new Error("a page that was asked for is there");
    this.#goOn(scan);
    return taken.page;
  }

  /** No more pages are wanted: none is asked for any more. */
  close(): void {
    this.#forget();
  }

  #forget(): void {
    this.#ahead = [];
    this.#following = undefined;
  }

  #askFor(scan: Scan, next: string | undefined): void {
    const pages = this.#ahead;
    let isFollowed = false;
    const follow: FoundNext = (following) => {
      // Others are read ahead by now, or it was told before the rest of the page was there.
      if (pages !== this.#ahead || isFollowed) return;
      isFollowed = true;
      this.#following = following;
      this.#goOn(scan);
    };
    // Begun after it has its place: what follows it, whenever that is told, comes behind it.
    const page = Promise.resolve().then(() => this.#patiently(() => this.#read(scan, next, follow)));
    const ahead: PageAhead = { question: questionOf(scan, next), page, hasFailed: false };
    pages.push(ahead);
    page.then(
      (there) => {
        if (there.next !== undefined) follow(there.next);
      },
      // The caller that takes the page gets the error; a page that is not taken needs no answer.
      (error: unknown) => {
        ahead.hasFailed = this.#mayPass(error);
      },
    );
  }

  #goOn(scan: Scan): void {
    const next = this.#following;
    const aheadAtMost = Math.max(1, AHEAD_AT_MOST / 2 ** scan.interruptions);
    if (next === undefined || this.#ahead.length >= aheadAtMost) return;
    this.#following = undefined;
    this.#askFor(scan, next);
  }

  async #read(scan: Scan, next: string | undefined, foundNext: FoundNext): Promise<ReportPage> {
    if (scan.path === "all-users") return { ...(await this.#passkeys.enabledAccounts(next)), methods: [] };
    const methods = methodsOf(scan);
    return this.#passkeys.reportedKeyholders({
      foundNext,
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
