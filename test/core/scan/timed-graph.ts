import { Fault } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import type { PasskeyRound, PasskeySource, PutOff } from "../../../src/core/ports/passkey-source.js";
import type { Clock } from "../../../src/core/ports.js";
import type { AccountRef, PasskeyAnswer } from "../../../src/core/scan/inventory.js";

/** A clock that stands still while anything can go on without it, and then goes to the next moment that is waited for. */
export class TimedClock implements Clock {
  #now = 0;
  #ids = 0;
  #asleep: { readonly until: number; readonly wake: () => void }[] = [];

  now(): Date {
    return new Date(Date.parse("2026-11-22T10:00:00.000Z") + this.#now);
  }
  elapsed(): number {
    return this.#now;
  }
  newId(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }
  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      // In whole milliseconds, as the time of day is told.
      this.#asleep.push({ until: this.#now + Math.max(0, Math.ceil(milliseconds)), wake });
    });
  }

  /** @returns what the work returned, and how long it took in seconds. @throws what it threw; Error when it waits for nothing */
  async run<T>(work: Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
    const from = this.#now;
    let isOver = false;
    const over = work.finally(() => {
      isOver = true;
    });
    over.catch(() => undefined);
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return { result: await over, seconds: (this.#now - from) / 1000 };
      this.#toNextMoment();
    }
  }

  #toNextMoment(): void {
    const until = Math.min(...this.#asleep.map((sleeper) => sleeper.until));
    if (!Number.isFinite(until)) throw new Error("nothing is waited for, and the work is not done");
    this.#now = Math.max(this.#now, until);
    const due = this.#asleep.filter((sleeper) => sleeper.until <= this.#now);
    this.#asleep = this.#asleep.filter((sleeper) => sleeper.until > this.#now);
    for (const { wake } of due) wake();
  }
}

export interface TimedGraphOptions {
  readonly clock: TimedClock;
  readonly people: number;
  /** How long the next request takes; 100 when left out. */
  readonly latencyMs?: () => number;
  /** Retry-After in seconds for one who is asked about for the nth time, from 1; undefined: answered. */
  readonly refusal?: (id: string, nth: number) => number | "no time" | undefined;
  /** So many requests in a sliding window; those refused count as well. */
  readonly limit?: { readonly requests: number; readonly perSeconds: number };
  readonly reportPages?: number;
  readonly auditPages?: number;
}

const NOT_LIMITED = undefined;

/** Graph as a scan sees it: each request takes its time, some people are refused, and there may be a limit. */
export class TimedGraph implements PasskeySource {
  readonly #options: TimedGraphOptions;
  readonly accounts: readonly AccountRef[];
  /** Requests as Graph counts them, and how many of those it refused. */
  counted = 0;
  refused = 0;
  accountsCounted = 0;
  #inFlight = 0;
  mostInFlight = 0;
  /** Those who were asked about before their time had come. */
  readonly tooEarly: string[] = [];
  /** Who was asked about, and when, in milliseconds of the clock. */
  readonly asked: { readonly id: string; readonly at: number }[] = [];
  /** Told whenever people are asked about, before they are. */
  onAsk: (inFlight: number) => void = () => {};
  readonly #times = new Map<string, number>();
  readonly #notBefore = new Map<string, number>();
  /** When what counts for the limit came, oldest first; what stands before `#first` is out of the window. */
  readonly #window: number[] = [];
  #first = 0;

  constructor(options: TimedGraphOptions) {
    this.#options = options;
    this.accounts = Array.from({ length: options.people }, (_, at) => ({
      id: personId(`p${at}`),
      name: `p${at}`,
      isAdmin: false,
    }));
  }

  async passkeysOf(people: readonly AccountRef[]): Promise<PasskeyRound> {
    this.#inFlight += people.length;
    this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
    this.onAsk(this.#inFlight);
    for (const { id } of people) {
      this.asked.push({ id, at: this.#now });
      if ((this.#notBefore.get(id) ?? 0) > this.#now) this.tooEarly.push(id);
    }
    await this.#takesItsTime();
    this.#inFlight -= people.length;
    const said = people.map((account) => this.#answer(account));
    return {
      answers: said.filter((each): each is PasskeyAnswer => "kind" in each),
      later: said.filter((each): each is PutOff => !("kind" in each)),
    };
  }

  async reportedKeyholders({ next }: { readonly next?: string }) {
    const pages = this.#options.reportPages ?? 1;
    const size = Math.ceil(this.accounts.length / pages);
    await this.#takesItsTime();
    this.#refuseList();
    const nth = Number(next ?? 0);
    return {
      people: this.accounts.slice(nth * size, (nth + 1) * size),
      methods: [],
      rows: size,
      ...(nth + 1 < pages ? { next: String(nth + 1) } : {}),
    };
  }

  async refusedSince() {
    return { refused: [], isWhole: true };
  }

  async changedSince(_since: string, next?: string) {
    await this.#takesItsTime();
    this.#refuseList();
    const nth = Number(next ?? 0) + 1;
    return { people: [], ...(nth < (this.#options.auditPages ?? 1) ? { next: String(nth) } : {}) };
  }

  async countAccounts() {
    this.accountsCounted += 1;
    await this.#takesItsTime();
    return { enabled: this.accounts.length, disabled: 0 };
  }

  async enabledAccounts(): Promise<never> {
    throw new Error("the report is there");
  }
  async enabledAccountsIn(): Promise<never> {
    throw new Error("a scan does not ask for a group");
  }
  async administrators(): Promise<never> {
    throw new Error("a scan does not ask for administrators");
  }

  #answer(account: AccountRef): PasskeyAnswer | PutOff {
    const { id } = account;
    const nth = (this.#times.get(id) ?? 0) + 1;
    this.#times.set(id, nth);
    const wait = this.#limitedFor() ?? this.#options.refusal?.(id, nth);
    if (wait === undefined) return { kind: "read", account, passkeys: [] };
    this.refused += 1;
    const refusal = { account, why: "Graph said 429", throttled: true };
    if (wait === "no time") return refusal;
    this.#notBefore.set(id, this.#now + wait * 1000);
    return { ...refusal, retryAfterSeconds: wait };
  }

  #refuseList(): void {
    const wait = this.#limitedFor();
    if (wait === undefined) return;
    this.refused += 1;
    throw new Fault("graph-throttled", "Graph said 429", { retryAfterSeconds: wait });
  }

  /** @returns Retry-After, in seconds, where the limit is used up */
  #limitedFor(): number | undefined {
    this.counted += 1;
    const { limit } = this.#options;
    if (limit === undefined) return NOT_LIMITED;
    const windowMs = limit.perSeconds * 1000;
    while ((this.#window[this.#first] ?? Infinity) <= this.#now - windowMs) this.#first += 1;
    this.#window.push(this.#now);
    if (this.#window.length - this.#first <= limit.requests) return NOT_LIMITED;
    const free = (this.#window[this.#window.length - limit.requests] ?? this.#now) + windowMs;
    return Math.max(1, Math.ceil((free - this.#now) / 1000));
  }

  #takesItsTime(): Promise<void> {
    return this.#options.clock.sleep(this.#options.latencyMs?.() ?? 100);
  }

  get #now(): number {
    return this.#options.clock.elapsed();
  }
}
