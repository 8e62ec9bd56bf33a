import { until } from "../faults/until.js";
import type { BotProcess } from "./bot-process.js";

/** So many answers in a row, without another request, and everything that the bot was about to ask for is here. */
const TURNS_OF_THE_BOT = 25;

/**
 * Counts what takes how many latencies: requests to Graph and Entra are held back until no more come, and are then
 * answered together. A round is a latency, whatever the machine does beside.
 */
export class Rounds {
  #counts = false;
  #held: { readonly request: string; readonly go: () => void }[] = [];
  #came = 0;
  /** What was asked for side by side, round by round. */
  readonly rounds: (readonly string[])[] = [];

  /** For simulators. Outside of {@link during} nothing is held. */
  readonly hold = (request: string): Promise<void> => {
    if (!this.#counts) return Promise.resolve();
    this.#came += 1;
    return new Promise((go) => {
      this.#held.push({ request, go });
    });
  };

  /** Lets requests through in rounds until the work is done. @returns what it led to, and the rounds that it took */
  async during<Result>(
    bot: BotProcess,
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly rounds: readonly (readonly string[])[] }> {
    this.rounds.length = 0;
    this.#counts = true;
    let done: { readonly result: Result } | undefined;
    const ended = work().then((result) => {
      done = { result };
    });
    try {
      await until(
        async () => {
          await Promise.race([ended, this.#quiet(bot)]);
          if (done === undefined) this.#letThrough();
          return done;
        },
        () => `the answer; so far: ${JSON.stringify(this.rounds)}`,
        { within: 120_000, every: 0 },
      );
      await ended;
      return { result: (done as unknown as { result: Result }).result, rounds: [...this.rounds] };
    } finally {
      this.#counts = false;
      this.#letThrough();
    }
  }

  #letThrough(): void {
    const held = this.#held.splice(0);
    if (held.length === 0) return;
    this.rounds.push(held.map(({ request }) => request).sort());
    for (const { go } of held) go();
  }

  /** Resolves when the bot has nothing more to ask for: its own answers say that it has gone on. */
  async #quiet({ url }: BotProcess): Promise<void> {
    for (let turn = 0, came = this.#came; turn < TURNS_OF_THE_BOT; turn += 1) {
      await (await fetch(`${url}/healthz`)).text();
      if (came === this.#came) continue;
      came = this.#came;
      turn = 0;
    }
  }
}
