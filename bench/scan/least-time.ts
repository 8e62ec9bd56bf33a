const REPORT = "/v1.0/reports/authenticationMethods/";
const BATCH = "/v1.0/$batch";

/**
 * The least time that a scan can take, by the latencies that were drawn for it: the pages of the report, each of which
 * names the next one, and after the last page one batch; the quickest there was.
 */
export class LeastTime {
  #pages = 0;
  #pagesMs = 0;
  #quickestBatchMs = Number.POSITIVE_INFINITY;

  /** @param path as Graph sees it. @returns the latency in milliseconds, as it was given */
  drawn(path: string, latencyMs: number): number {
    if (path.startsWith(REPORT)) {
      this.#pages += 1;
      this.#pagesMs += latencyMs;
    }
    if (path === BATCH) this.#quickestBatchMs = Math.min(this.#quickestBatchMs, latencyMs);
    return latencyMs;
  }

  /** Of what was drawn since it was last asked for. */
  take(): { readonly pages: number; readonly leastSeconds: number } {
    const batchMs = Number.isFinite(this.#quickestBatchMs) ? this.#quickestBatchMs : 0;
    const taken = { pages: this.#pages, leastSeconds: (this.#pagesMs + batchMs) / 1000 };
    this.#pages = 0;
    this.#pagesMs = 0;
    this.#quickestBatchMs = Number.POSITIVE_INFINITY;
    return taken;
  }
}
