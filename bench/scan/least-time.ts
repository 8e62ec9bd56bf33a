const REPORT = "/v1.0/reports/authenticationMethods/";
const BATCH = "/v1.0/$batch";

/** How long the wire alone takes for a scan. */
export interface WireTime {
  readonly pages: number;
  /** The pages one after the other and the quickest batch there was: no scan that reads the whole report can be quicker. */
  readonly leastSeconds: number;
  /**
   * The pages, and the slowest of the batches that were sent after the last one was there: all at once, which is the best
   * that can be done with these answers. What a scan takes beyond it is its own.
   */
  readonly wireSeconds: number;
}

/** Adds up the latencies that are drawn for the answers to one scan. */
export class LeastTime {
  readonly #now: () => number;
  #pages = 0;
  #pagesMs = 0;
  #lastPageAt = 0;
  #quickestBatchMs = Number.POSITIVE_INFINITY;
  #slowestAfterMs = 0;
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @param path as Graph sees it. @returns the latency in milliseconds, as it was given */
  drawn(path: string, latencyMs: number): number {
    if (path.startsWith(REPORT)) {
      this.#pages += 1;
      this.#pagesMs += latencyMs;
      this.#lastPageAt = this.#now() + latencyMs;
      this.#slowestAfterMs = 0;
    }
    if (path === BATCH) {
      this.#quickestBatchMs = Math.min(this.#quickestBatchMs, latencyMs);
      if (this.#now() >= this.#lastPageAt) this.#slowestAfterMs = Math.max(this.#slowestAfterMs, latencyMs);
    }
    return latencyMs;
  }

  /** Of what was drawn since it was last asked for. */
  take(): WireTime {
    const batchMs = Number.isFinite(this.#quickestBatchMs) ? this.#quickestBatchMs : 0;
    const taken = {
      pages: this.#pages,
      leastSeconds: (this.#pagesMs + batchMs) / 1000,
      wireSeconds: (this.#pagesMs + this.#slowestAfterMs) / 1000,
    };
    this.#pages = 0;
    this.#pagesMs = 0;
    this.#quickestBatchMs = Number.POSITIVE_INFINITY;
    this.#slowestAfterMs = 0;
    return taken;
  }
}
