import type { ServerResponse } from "node:http";
import { within } from "../async/within.js";

/** The requests that are being worked on: what a graceful stop waits for. */
export class InFlight {
  readonly #working = new Set<Promise<unknown>>();
  readonly #responses = new Set<ServerResponse>();

  /** Counts a request until its answer was sent or its connection is gone. */
  add(response: ServerResponse): void {
    this.#responses.add(response);
    const closed = new Promise<void>((resolve) => response.once("close", resolve));
    this.#track(closed.then(() => void this.#responses.delete(response)));
  }

  /** Tells each client that waits for an answer that its connection takes no further request. */
  announceClose(): void {
    for (const response of this.#responses) {
      if (!response.headersSent) response.setHeader("connection", "close");
    }
  }

  /** Counts work that may go on after its answer was sent. */
  during<T>(work: Promise<T>): Promise<T> {
    this.#track(
      work.then(
        () => undefined,
        () => undefined,
      ),
    );
    return work;
  }

  /** Resolves when nothing is in flight any more, or after the time. */
  async emptyWithin(timeoutMs: number): Promise<void> {
    await within(this.#empty(), timeoutMs);
  }

  async #empty(): Promise<void> {
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  #track(working: Promise<void>): void {
    this.#working.add(working);
    void working.then(() => this.#working.delete(working));
  }
}
