/** People in one request: https://learn.microsoft.com/graph/json-batching */
export const BATCH_SIZE = 20;

/** People asked about at once: at first, at most. Graph counts each of them, however they are sent. */
const FIRST = BATCH_SIZE;
const MOST = 16 * BATCH_SIZE;
/** From this share of its limit on, Graph says how much is used up; then we do not grow any more. */
const PRESSED = 0.8;
/** Without a Retry-After, in seconds. */
const LONGEST_BACK_OFF = 60;
/** In seconds. */
const LONGEST_PAUSE = 900;
/** So many pauses in a row, over so many milliseconds, and nobody answered: Graph has no answer for us. */
const FRUITLESS_PAUSES = 8;
const FRUITLESS_TIME = 600_000;

/** What a request was sent under; its answer tells what that was worth. */
export type Ticket = number;

/**
 * How many people may be asked about at once. Starts low, grows while Graph answers, halves when it says 429, and
 * keeps everybody waiting as long as Graph asks. Times are in milliseconds on the caller's clock.
 */
export class Pace {
  #level = FIRST;
  readonly #most: number;
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
    this.#most = Math.max(FIRST, MOST / 2 ** interruptions);
  }

  /** People that may be asked about at once. */
  get level(): number {
    return Math.floor(this.#level);
  }

  /** Nobody is to be asked before. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Pause after pause for minutes, and nobody was answered in between. */
  isHopeless(now: number): boolean {
    return this.#fruitless >= FRUITLESS_PAUSES && now - this.#fruitlessSince >= FRUITLESS_TIME;
  }

  ticket(): Ticket {
    return this.#pauses;
  }

  /** Graph answered about so many people and refused nobody. @param pressure share of its limit that is used up */
  content(people: number, pressure = 0): void {
    this.#fruitless = 0;
    if (pressure >= PRESSED) return;
    const step = this.#level < BATCH_SIZE ? 2 : BATCH_SIZE;
    this.#level = Math.min(
      this.#most,
      this.#level + (this.#doubling ? people : (people * step) / this.#level),
    );
  }

  /**
   * Graph refused, or did not answer at all. Several answers to what was sent before the same pause count once.
   * @param answered people it did answer about in the same breath
   */
  refused(ticket: Ticket, now: number, answered: number, retryAfterSeconds: number | undefined): void {
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
    const backOff = Math.min(LONGEST_BACK_OFF, 2 ** Math.max(0, this.#fruitless - 1));
    const seconds = pauseOf(retryAfterSeconds ?? backOff);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + seconds * 1000);
  }
}

/** So long we wait, in seconds, when Graph says that: after the longest pause it is asked whether it still holds. */
export function pauseOf(retryAfterSeconds: number): number {
  return Math.min(LONGEST_PAUSE, retryAfterSeconds);
}
