import type { Announcer } from "../../core/ports.js";
import type { ScanNews } from "../../core/scan/scan.js";
import type { ScanPosting } from "../../core/stores.js";
import { describeError } from "../sending/background.js";
import type { Connected, Outside } from "./copies.js";
import { isOver, ScanCopy, type ScanInHand } from "./scan-copy.js";

/**
 * Draws scans. In each conversation one thing at a time, always the newest news, not more often than Teams takes it,
 * and the end in any case.
 */
export function scanAnnouncer(
  outside: Outside,
  connected: Promise<Connected>,
): Pick<Announcer, "scanChanged"> {
  const inHand = new Map<string, DrawnScan>();
  return {
    async scanChanged(news) {
      const { scanId } = news.scan;
      const known = inHand.get(scanId);
      if (known !== undefined) return known.hear(news);
      // One scan runs at a time: another one that never ended here has ended in another process.
      for (const [other, { newest }] of inHand) if (!isOver(newest)) inHand.delete(other);
      const scan = new DrawnScan(outside, connected, { first: news, done: () => inHand.delete(scanId) });
      inHand.set(scanId, scan);
      scan.lookAgain();
    },
  };
}

/** A scan that is drawn by this process, with its copies, those included that were posted before or elsewhere. */
class DrawnScan implements ScanInHand {
  readonly #outside: Outside;
  readonly #connected: Promise<Connected>;
  readonly #done: () => void;
  #newest: ScanNews;
  readonly #copies: ScanCopy[] = [];
  /** Whether the store was asked for copies since the scan ended. */
  #knowsAll = false;

  constructor(
    outside: Outside,
    connected: Promise<Connected>,
    { first, done }: { readonly first: ScanNews; readonly done: () => void },
  ) {
    this.#outside = outside;
    this.#connected = connected;
    this.#newest = first;
    this.#done = done;
  }

  get newest(): ScanNews {
    return this.#newest;
  }

  /** A batch that was under way when a scan ended still brings news: they come too late. */
  hear(news: ScanNews): void {
    if (isOver(this.#newest) && !isOver(news)) return;
    this.#newest = news;
    this.lookAgain();
  }

  lookAgain(): void {
    this.#outside.background.start(`scan ${this.#newest.scan.scanId} announced`, () => this.#announce());
  }

  async #announce(): Promise<void> {
    const { ports } = await this.#connected;
    await this.#findCopies(ports);
    await Promise.all(this.#copies.map((copy) => copy.bringUpToDate(this)));
    if (this.#copies.every((copy) => copy.hasShownEnd(this.#newest)) && isOver(this.#newest)) this.#done();
  }

  /** What is in the store is asked for when somebody new is to see the scan, and when everybody is to see its end. */
  async #findCopies(ports: Connected["ports"]): Promise<void> {
    const isEnd = isOver(this.#newest);
    const hasCopy = (place: string) => this.#copies.some((copy) => copy.place === place);
    const missing = () => this.#newest.scan.askers.filter((asker) => !hasCopy(asker.conversation));
    if (missing().length === 0 && (!isEnd || this.#knowsAll)) return;
    const drawing = { ...this.#outside, ports };
    for (const { conversation, activityId } of await this.#posted()) {
      const isKnown = this.#copies.some(
        (copy) => copy.place === conversation && copy.activityId === activityId,
      );
      if (!isKnown) this.#copies.push(new ScanCopy(drawing, conversation, activityId));
    }
    for (const { conversation } of missing()) {
      if (!hasCopy(conversation)) this.#copies.push(new ScanCopy(drawing, conversation));
    }
    this.#knowsAll = isEnd;
  }

  async #posted(): Promise<readonly ScanPosting[]> {
    const { log, postings } = this.#outside;
    const { tenantId, scanId } = this.#newest.scan;
    try {
      return await postings.ofScan(tenantId, scanId);
    } catch (error) {
      log.warn("scan-postings-not-read", { scan: scanId, error: describeError(error) });
      return [];
    }
  }
}
