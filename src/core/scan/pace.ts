/** People in one request: https://learn.microsoft.com/graph/json-batching */
export const BATCH_SIZE = 20;

/** People asked about at once, at first and at most. Graph counts each of them, however they are sent. */
const FIRST_LEVEL = BATCH_SIZE;
const HIGHEST_LEVEL = 16 * BATCH_SIZE;
/** From this share of its limit on, Graph says how much is used up; then the level does not grow any more. */
const PRESSED_FROM_SHARE = 0.8;
/** Without a Retry-After. */
const LONGEST_BACK_OFF_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 900;
/** So many pauses in a row, over so long a time, and no answer in between: Graph has none for this process. */
const FRUITLESS_PAUSES = 8;
const FRUITLESS_TIME_MS = 600_000;

/** What a request was sent under; its answer tells what that was worth. */
export type Ticket = number;

/**
 * How many people may be asked about at once. Starts low, grows while Graph answers, halves when it says 429, and
 * keeps every request back as long as Graph asks. Times are in milliseconds on the caller's clock.
 */
export class Pace {
  #level = FIRST_LEVEL;
  readonly #highest: number;
  /** Until Graph refused something for the first time, the level doubles each round; then it grows by steps. */
  #doubling = true;
  /** Counts pauses: what was sent before a pause says nothing about the level after it. */
  #pauses: Ticket = 0;
  #pausedUntil = 0;
  #fruitless = 0;
  #fruitlessSince = 0;

  /**
   * @param interruptions how often the scan was interrupted: what was in flight then is asked again, so each time half
   *   as much may be in flight, and a process that dies again and again still gets through
   */
  constructor(interruptions = 0) {
    this.#highest = Math.max(FIRST_LEVEL, HIGHEST_LEVEL / 2 ** interruptions);
  }

  /** People that may be asked about at once. */
  get level(): number {
    return Math.floor(this.#level);
  }

  /** Until then no request is to be sent. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Pause after pause for minutes, and no answer in between. */
  isHopeless(now: number): boolean {
    return this.#fruitless >= FRUITLESS_PAUSES && now - this.#fruitlessSince >= FRUITLESS_TIME_MS;
  }

  ticket(): Ticket {
    return this.#pauses;
  }

  /** Graph answered about so many people and refused none. @param pressure share of its limit that is used up */
  onAnswered(people: number, pressure = 0): void {
    this.#fruitless = 0;
    if (pressure >= PRESSED_FROM_SHARE) return;
    const step = this.#level < BATCH_SIZE ? 2 : BATCH_SIZE;
    this.#level = Math.min(
      this.#highest,
      this.#level + (this.#doubling ? people : (people * step) / this.#level),
    );
  }

  /**
   * Graph refused, or did not answer at all. Several answers to what was sent before the same pause count once.
   * @param answered people it did answer about in the same breath
   */
  onThrottled(ticket: Ticket, now: number, answered: number, retryAfterSeconds: number | undefined): void {
    if (answered > 0) this.#fruitless = 0;
    if (ticket === this.#pauses) {
      this.#pauses += 1;
      this.#doubling = false;
      this.#level = Math.max(1, this.#level / 2);
      if (answered === 0) {
        if (this.#fruitless === 0) this.#fruitlessSince = now;
        this.#fruitless += 1;
      }
    }
    const backOff = Math.min(LONGEST_BACK_OFF_SECONDS, 2 ** Math.max(0, this.#fruitless - 1));
    const seconds = pauseSeconds(retryAfterSeconds ?? backOff);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + seconds * 1000);
  }
}

/** How long the scan waits when Graph says that: after the longest pause it is asked whether it still holds. */
export function pauseSeconds(retryAfterSeconds: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, retryAfterSeconds);
}
