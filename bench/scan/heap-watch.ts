const EVERY_MS = 50;

/** The most that was on the heap at once, garbage that was not collected yet included. */
export class HeapWatch {
  #most = 0;
  readonly #timer = setInterval(() => this.#look(), EVERY_MS);

  /** @returns bytes */
  stop(): number {
    clearInterval(this.#timer);
    this.#look();
    return this.#most;
  }

  #look(): void {
    this.#most = Math.max(this.#most, process.memoryUsage().heapUsed);
  }
}
