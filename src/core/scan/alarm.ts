import type { Clock } from "../ports.js";

/** Wakes up its waiting caller at a ring, or when a moment has come. Times are in milliseconds of the time of day. */
export class Alarm {
  readonly #clock: Clock;
  #ring: () => void = () => {};
  #rung = this.#nextRing();
  #timer: { readonly until: number; readonly passed: Promise<void> } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Something is new: the caller that waits, or waits next, goes on at once. */
  ring(): void {
    this.#ring();
  }

  /** Resolves at the first of: a ring, the moment (when there is one), any of the other events. */
  async wait(until: number | undefined, others: Iterable<Promise<void>>): Promise<void> {
    const events: Promise<void>[] = [...others, this.#rung];
    if (until !== undefined) events.push(this.#at(until));
    await Promise.race(events);
    this.#rung = this.#nextRing();
  }

  /** One timer for each moment, however often it is waited for. */
  #at(until: number): Promise<void> {
    if (this.#timer?.until !== until) {
      const passed = this.#clock.sleep(until - this.#clock.now().getTime()).then(() => {
        // The clock may have been set back meanwhile; then it is waited once more.
        if (this.#timer?.until === until) this.#timer = undefined;
      });
      this.#timer = { until, passed };
    }
    return this.#timer.passed;
  }

  #nextRing(): Promise<void> {
    return new Promise((resolve) => {
      this.#ring = resolve;
    });
  }
}
