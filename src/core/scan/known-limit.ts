import type { RequestAnswer } from "./pace.js";

/** Fewer people let through tell nothing: where a limit is that low, the level falls below a batch. */
const TELLING_PEOPLE = 100;
/** By how much two measurements of one limit may differ. */
const ALIKE = 0.75;
/** A limit that holds for a whole window may have been raised: so much more is tried, and the square of it after the next. */
const FIRST_GROWTH = 1.02;

interface Counted extends Pick<RequestAnswer, "answered" | "refused"> {
  readonly at: number;
}

/**
 * A limit of Graph's on what it answers in a while. Met once, it may have been an accident; met twice at about the same
 * number, it is known, and no more is asked in any such while, as what Graph refuses takes room from what it answers.
 * Times are in milliseconds on the caller's clock.
 */
export class KnownLimit {
  /** From the first person asked about until Graph said to go on, in whole seconds, as limits are. */
  #windowMs = 0;
  #people = Number.POSITIVE_INFINITY;
  /** Since when it holds. */
  #since = 0;
  #growth = FIRST_GROWTH;
  #measured = 0;
  #metAt = Number.NEGATIVE_INFINITY;
  /** A limit was met: how many people were let through from then on tells how high it is. */
  #metFrom: number | undefined;
  #firstAt: number | undefined;
  #inFlight = 0;
  /** Oldest first. Before a limit was met, everything. */
  #counted: Counted[] = [];

  /** When a request about so many people may go out; `Infinity`: not before one of those in flight is answered. */
  opensFor(now: number, people: number): number {
    if (this.#people === Number.POSITIVE_INFINITY) return 0;
    this.#forget(now);
    let tooMany = this.#inFlight + sum(this.#counted, both) + people - this.#people;
    if (tooMany <= 0) return 0;
    for (const counted of this.#counted) {
      tooMany -= both(counted);
      // By when it was answered: Graph cannot have counted it later.
      if (tooMany <= 0) return counted.at + this.#windowMs;
    }
    return Number.POSITIVE_INFINITY;
  }

  onAsked(now: number, people: number): void {
    this.#firstAt ??= now;
    this.#measure(now);
    this.#forget(now);
    if (now - this.#since >= this.#windowMs) {
      this.#people *= this.#growth;
      this.#growth **= 2;
      this.#since = now;
    }
    this.#inFlight += people;
  }

  onAnswered(
    now: number,
    { asked, answered, refused }: Pick<RequestAnswer, "asked" | "answered" | "refused">,
  ): void {
    this.#inFlight -= asked;
    this.#counted.push({ at: now, answered, refused });
  }

  /** Graph refused so many that it is a limit, and named when to go on. */
  onMet(now: number, goesOnAt: number): void {
    this.#windowMs ||= Math.floor((goesOnAt - (this.#firstAt ?? now)) / 1000) * 1000;
    this.#growth = FIRST_GROWTH;
    if (this.#people !== Number.POSITIVE_INFINITY) this.#people = this.#measured;
    // What was let through is measured once: a Graph that goes on refusing is no second limit.
    if (now - this.#metAt >= this.#windowMs) this.#metFrom = now - this.#windowMs;
  }

  /** By now, all that was in flight when the limit was met is answered. */
  #measure(now: number): void {
    if (this.#metFrom === undefined) return;
    const from = this.#metFrom;
    this.#metFrom = undefined;
    const people = sum(this.#counted, ({ at, answered }) => (at > from ? answered : 0));
    if (people < TELLING_PEOPLE) return;
    const [less, more] = [Math.min(people, this.#measured), Math.max(people, this.#measured)];
    const isKnown = less >= ALIKE * more;
    this.#people = isKnown ? more : Number.POSITIVE_INFINITY;
    this.#measured = isKnown ? more : people;
    this.#metAt = from + this.#windowMs;
    this.#since = now;
  }

  /** What left the window, and what lies ahead of a clock that was put back: that would be waited for. */
  #forget(now: number): void {
    if (this.#windowMs === 0) return;
    this.#counted = this.#counted.filter(({ at }) => at > now - this.#windowMs && at <= now);
  }
}

function both({ answered, refused }: Counted): number {
  return answered + refused;
}

function sum(counted: readonly Counted[], of: (one: Counted) => number): number {
  return counted.reduce((all, one) => all + of(one), 0);
}
