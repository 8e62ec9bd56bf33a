import type { Stop } from "../../async/stop.js";
import type { PasskeyRound, PutOff } from "../ports/passkey-source.js";
import type { Ports } from "../ports.js";
import { Alarm } from "./alarm.js";
import type { PasskeyAnswer } from "./inventory.js";
import { BATCH_SIZE, backOffSeconds, type Pace, pauseSeconds, type Ticket } from "./pace.js";
import { PeopleQueue, type Queued } from "./people-queue.js";
import type { Scan } from "./scan.js";

/** What may be spent on one person before they count as not read. */
const SPENT_AT_MOST = 60;
/** What is spent: a failure of their own (5 times), being throttled (12 times), a request that failed as a whole (20 times). */
const COST = { failure: 12, throttled: 5, request: 3 } as const;

type ReadPorts = Pick<Ports, "clock" | "passkeys" | "scans" | "log">;

export interface ReadingJob {
  readonly pace: Pace;
  readonly stop: Stop;
  /** Called after answers were stored. */
  readonly answersKept: (answers: readonly PasskeyAnswer[]) => void;
  /** Called when every request has to wait. */
  readonly paused: () => void;
  /** Called when everybody who is left was refused, and waits until that moment at least. */
  readonly allWait: (untilMs: number) => void;
}

/**
 * Reads the passkeys of every person on the scan's list, as many at once as Graph bears. Each answer is stored as it
 * comes; a person who cannot be read after some attempts is stored as not read.
 */
export class PasskeyReading {
  readonly #ports: ReadPorts;
  readonly #scan: Scan;
  readonly #job: ReadingJob;
  readonly #queue: PeopleQueue;
  readonly #inFlight = new Set<Promise<void>>();
  #peopleInFlight = 0;
  #listingIsDone = false;
  /** When the queue was last asked who is ready. */
  #queueReadAt = 0;
  readonly #alarm: Alarm;
  #allAreAsked: () => void = () => {};
  /** Resolves when everybody was asked about, and only answers are waited for; never, when that does not come about. */
  readonly allAsked = new Promise<void>((resolve) => {
    this.#allAreAsked = resolve;
  });
  /** The moment of which it was told last that all wait for it. */
  #toldToWaitUntil = 0;
  /** What one of the requests in flight threw: their answers could not be stored. */
  #broken: { readonly error: unknown } | undefined;

  constructor(ports: ReadPorts, scan: Scan, job: ReadingJob) {
    this.#ports = ports;
    this.#scan = scan;
    this.#job = job;
    this.#queue = new PeopleQueue(ports, scan);
    this.#alarm = new Alarm(ports.clock);
  }

  /** People were added to the list. */
  listed(isDone: boolean): void {
    this.#listingIsDone ||= isDone;
    this.#queue.more();
    this.#alarm.ring();
  }

  /** Resolves when every person was read or given up, or stopping was asked for. @throws Fault of the store */
  async run(): Promise<void> {
    while (!this.#job.stop.isAsked) {
      if (await this.#sendWhatMayBeSent()) break;
      this.#tellWhenAllWait();
      await this.#alarm.wait(this.#nextMoment(), [...this.#inFlight, this.#job.stop.asked]);
      if (this.#broken !== undefined) throw this.#broken.error;
    }
    await Promise.all(this.#inFlight);
    if (this.#broken !== undefined) throw this.#broken.error;
  }

  /** @returns whether there is nothing left to do */
  async #sendWhatMayBeSent(): Promise<boolean> {
    const { pace, stop } = this.#job;
    for (;;) {
      const now = this.#now();
      this.#queueReadAt = now;
      const size = Math.min(BATCH_SIZE, pace.level);
      const ready = await this.#queue.ready(now, size);
      if (ready === 0) return this.#isDone();
      if (stop.isAsked) return false;
      if (pace.isHopeless(now)) {
        await this.#giveUp(this.#queue.take(ready));
        continue;
      }
      // A part of a batch costs Graph a whole request; while more people are being listed, it is filled up first.
      const mayGrow = !this.#listingIsDone && ready < size;
      if (mayGrow || now < pace.opensFor(now, size) || this.#peopleInFlight + size > pace.level) return false;
      this.#send(this.#queue.take(size));
    }
  }

  #isDone(): boolean {
    const allAsked = this.#listingIsDone && this.#queue.isEmpty;
    if (allAsked) this.#allAreAsked();
    return allAsked && this.#inFlight.size === 0;
  }

  #tellWhenAllWait(): void {
    const until = this.#queue.nextDue;
    const isIdle = this.#listingIsDone && this.#inFlight.size === 0 && until !== undefined;
    if (!isIdle || until === this.#toldToWaitUntil) return;
    this.#toldToWaitUntil = until;
    this.#job.allWait(until);
  }

  #send(people: readonly Queued[]): void {
    this.#peopleInFlight += people.length;
    const ticket = this.#job.pace.ticket();
    this.#job.pace.onAsked(this.#now(), people.length);
    const sent = this.#ask(people, ticket)
      .catch((error: unknown) => {
        this.#broken ??= { error };
      })
      .finally(() => {
        this.#peopleInFlight -= people.length;
        this.#inFlight.delete(sent);
      });
    this.#inFlight.add(sent);
  }

  async #ask(people: readonly Queued[], ticket: Ticket): Promise<void> {
    const round = await this.#ports.passkeys.passkeysOf(people.map((person) => person.account));
    const byId = new Map(people.map((person) => [person.account.id, person]));
    const given = this.#applyFeedback(round, ticket, byId);
    const answers = [...round.answers, ...given];
    if (answers.length === 0) return;
    await this.#ports.scans.keepAnswers(this.#scan, answers);
    this.#job.answersKept(answers);
  }

  /** Sets the pace by what Graph said, puts people off. @returns answers for those who were put off too often */
  #applyFeedback(
    round: PasskeyRound,
    ticket: Ticket,
    byId: ReadonlyMap<string, Queued>,
  ): readonly PasskeyAnswer[] {
    const now = this.#now();
    const everyoneWaits = this.#setPace(round, ticket, now);
    return round.later.flatMap((putOff) => {
      const reason = round.failedAsAWhole ? "request" : putOff.throttled ? "throttled" : "failure";
      return this.#tryLater(putOff, byId.get(putOff.account.id), { reason, now, everyoneWaits });
    });
  }

  /** @returns whether every request has to wait now, and not only those who were put off */
  #setPace({ answers, later, pressure }: PasskeyRound, ticket: Ticket, now: number): boolean {
    const waits = later.flatMap(({ retryAfterSeconds }) => retryAfterSeconds ?? []);
    const everyoneWaits = this.#job.pace.onRequest(ticket, now, {
      asked: answers.length + later.length,
      answered: answers.length,
      refused: later.filter(({ throttled }) => throttled).length,
      retryAfterSeconds: waits.length === 0 ? undefined : Math.max(...waits),
      pressure,
    });
    if (everyoneWaits) this.#job.paused();
    return everyoneWaits;
  }

  #tryLater(
    { account, why, retryAfterSeconds }: PutOff,
    before: Queued | undefined,
    {
      reason,
      now,
      everyoneWaits,
    }: { readonly reason: keyof typeof COST; readonly now: number; readonly everyoneWaits: boolean },
  ): readonly PasskeyAnswer[] {
    const times = (before?.times ?? 0) + 1;
    const spent = (before?.spent ?? 0) + COST[reason];
    if (spent >= SPENT_AT_MOST) return [{ kind: "failed", account, why: `${why}, ${times} times` }];
    // Where every request has to wait anyway, no person waits longer on their own account.
    const ownWait = reason === "failure" || !everyoneWaits ? backOffSeconds(times) : 0;
    const waitSeconds = pauseSeconds(retryAfterSeconds ?? ownWait);
    this.#queue.putOff({ account, times, spent, notBefore: now + waitSeconds * 1000 });
    return [];
  }

  async #giveUp(people: readonly Queued[]): Promise<void> {
    const answers = people.map(
      ({ account }): PasskeyAnswer => ({
        kind: "failed",
        account,
        why: "Graph gave no more answers, pause after pause",
      }),
    );
    await this.#ports.scans.keepAnswers(this.#scan, answers);
    this.#job.answersKept(answers);
  }

  /** When there may be something to send again without anything else happening. */
  #nextMoment(): number | undefined {
    const { pace } = this.#job;
    const opensAt = pace.opensFor(this.#queueReadAt, Math.min(BATCH_SIZE, pace.level));
    // After that moment, not after now: a moment that passed in between would never be waited for.
    const times = [opensAt, this.#queue.nextDue ?? 0].filter(
      (time) => time > this.#queueReadAt && Number.isFinite(time),
    );
    return times.length === 0 ? undefined : Math.min(...times);
  }

  #now(): number {
    return this.#ports.clock.now().getTime();
  }
}
