import { KnownLimit } from "./known-limit.js";

/** People in one request: https://learn.microsoft.com/graph/json-batching */
export const BATCH_SIZE = 20;

/** People asked about at once, at first and at most. Graph counts each of them, however they are sent. */
const FIRST_LEVEL = BATCH_SIZE;
const HIGHEST_LEVEL = 16 * BATCH_SIZE;
/**
 * From this share on, of a request and the one before it, refusals (429) are taken for a limit of Graph's, which refuses
 * most of what is in flight. Below, they are about the few people who were refused.
 */
const LIMIT_FROM_SHARE = 0.25;
/** From this share on, one request is enough, and the level may fall below a batch. */
const CLEAR_LIMIT_FROM_SHARE = 0.5;
/** From this share of its limit on, Graph says how much is used up; then the level does not grow any more. */
const PRESSED_FROM_SHARE = 0.8;
/** Without a Retry-After. */
const LONGEST_BACK_OFF_SECONDS = 60;
const LONGEST_PAUSE_SECONDS = 900;
/** So many pauses in a row, over so long a time, and no answer in between: Graph has none for this process. */
const FRUITLESS_PAUSES = 8;
const FRUITLESS_TIME_MS = 600_000;

const NOTHING_BEFORE = { asked: 0, refused: 0 } as const;

/** What a request was sent under; its answer tells what that was worth. */
export type Ticket = number;

/** What Graph said to one request, in people. */
export interface RequestAnswer {
  readonly asked: number;
  readonly answered: number;
  /** With 429. */
  readonly refused: number;
  /** The longest that Graph named for any of those it did not answer. */
  readonly retryAfterSeconds?: number | undefined;
  /** Share of its limit that Graph says is used up. */
  readonly pressure?: number | undefined;
}

/**
 * How many people may be asked about at once. Starts low, grows while Graph answers, halves when it refuses so many
 * that it is a limit, and then keeps every request back as long as Graph asks. A few who are refused wait by themselves,
 * and take nothing but their own places. Times are in milliseconds on the caller's clock.
 */
export class Pace {
  #level = FIRST_LEVEL;
  readonly #highest: number;
  /** Until Graph refused something for the first time, the level doubles each round; then it grows by steps. */
  #doubling = true;
  /** Counts pauses: what was sent before a pause says nothing about the level after it. */
  #pauses: Ticket = 0;
  #pausedUntil = 0;
  /** The request that was answered last since the pause. */
  #before: Pick<RequestAnswer, "asked" | "refused"> = NOTHING_BEFORE;
  #fruitless = 0;
  #fruitlessSince = 0;
  readonly #limit = new KnownLimit();

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

  /** When a request about so many people may go out; `Infinity`: not before one in flight is answered. */
  opensFor(now: number, people: number): number {
    return Math.max(this.#pausedUntil, this.#limit.opensFor(now, people));
  }

  /** A request about so many people goes out. */
  onAsked(now: number, people: number): void {
    this.#limit.onAsked(now, people);
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
    this.#level = Math.min(this.#highest, this.#level + (this.#doubling ? people : this.#stepFor(people)));
  }

  /**
   * Graph answered a request about people, in whole or in part or not at all.
   * @returns whether every request has to wait now, and not only those it did not answer for
   */
  onRequest(ticket: Ticket, now: number, answer: RequestAnswer): boolean {
    const { answered, refused, retryAfterSeconds, pressure } = answer;
    const isClear = isClearLimit(answer);
    const isLimit = isClear || this.#mayBeLimit(ticket, answer);
    if (ticket === this.#pauses) this.#before = answer;
    this.#limit.onAnswered(now, answer);
    const batchOrLess = Math.min(this.#level, BATCH_SIZE);
    if (isLimit) {
      const isNews = ticket === this.#pauses;
      this.onThrottled(ticket, now, answered, retryAfterSeconds);
      if (isNews) this.#limit.onMet(now, this.#pausedUntil);
      if (!isClear) this.#level = Math.max(this.#level, batchOrLess);
    } else if (refused > 0) this.#onFewRefused(ticket, answer);
    else this.onAnswered(answered, pressure);
    return isLimit;
  }

  /** By chance, five of twenty are refused now and then where one in ten is: so two requests have to say so. */
  #mayBeLimit(ticket: Ticket, { asked, refused }: RequestAnswer): boolean {
    const before = ticket === this.#pauses ? this.#before : NOTHING_BEFORE;
    return refused + before.refused >= LIMIT_FROM_SHARE * (asked + before.asked);
  }

  /**
   * Each of those refused takes a place away, down to one batch; no answer of such a request doubles the level, and what
   * was sent before a pause changes nothing.
   */
  #onFewRefused(ticket: Ticket, { answered, refused, pressure = 0 }: RequestAnswer): void {
    this.#fruitless = 0;
    if (ticket !== this.#pauses) return;
    const grown = pressure < PRESSED_FROM_SHARE ? this.#level + this.#stepFor(answered) : this.#level;
    const least = Math.min(this.#level, BATCH_SIZE);
    this.#level = Math.max(least, Math.min(this.#highest, grown) - refused);
  }

  /** What the level grows by when it does not double: in all, a batch in each round, and two people below one batch. */
  #stepFor(people: number): number {
    return (people * (this.#level < BATCH_SIZE ? 2 : BATCH_SIZE)) / this.#level;
  }

  /**
   * Graph refused so many that it is a limit, or did not answer at all. Several answers to what was sent before the
   * same pause count once.
   * @param answered people it did answer about in the same breath
   */
  onThrottled(ticket: Ticket, now: number, answered: number, retryAfterSeconds: number | undefined): void {
    if (answered > 0) this.#fruitless = 0;
    if (ticket === this.#pauses) {
      this.#pauses += 1;
      this.#before = NOTHING_BEFORE;
      this.#doubling = false;
      this.#level = Math.max(1, this.#level / 2);
      if (answered === 0) {
        if (this.#fruitless === 0) this.#fruitlessSince = now;
        this.#fruitless += 1;
      }
    }
    const seconds = pauseSeconds(retryAfterSeconds ?? backOffSeconds(Math.max(1, this.#fruitless)));
    this.#pausedUntil = Math.max(this.#pausedUntil, now + seconds * 1000);
  }
}

/** How long the scan waits when Graph says that: after the longest pause it is asked whether it still holds. */
export function pauseSeconds(retryAfterSeconds: number): number {
  return Math.min(LONGEST_PAUSE_SECONDS, retryAfterSeconds);
}

/** How long to wait after so many refusals in a row where Graph names no time: 1, 2, 4 and so on, a minute at most. */
export function backOffSeconds(refusals: number): number {
  return Math.min(LONGEST_BACK_OFF_SECONDS, 2 ** (refusals - 1));
}

/** Where less than a batch may be in flight, a limit was found that low: there each refusal is one of its. */
function isClearLimit({ asked, answered, refused }: RequestAnswer): boolean {
  if (answered === 0) return true;
  return refused > 0 && (asked < BATCH_SIZE || refused >= CLEAR_LIMIT_FROM_SHARE * asked);
}
