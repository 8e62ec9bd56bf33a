import type { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import type { FaultBot } from "./fault-bot.js";
import type { FaultWorld } from "./fault-world.js";
import { pause } from "./until.js";

/** How long an action usually takes, and how much is asked of the outside during it. */
interface Usual {
  readonly milliseconds: number;
  readonly requests: number;
}

/** How often nothing happens to an action. */
const CALM = 0.25;

/** What became of an action: its result, or that the bot was killed during it. */
export type Outcome<T> = { readonly kind: "done"; readonly result: T } | { readonly kind: "killed" };

/** Kills the bot at random moments of what people do with it, and starts it again. */
export class Killer {
  kills = 0;
  readonly #world: FaultWorld;
  readonly #random: SeededRandom;
  readonly #wanted: number;
  readonly #usual = new Map<string, Usual>();
  readonly #moments = new Map<string, number>();

  constructor(world: FaultWorld, random: SeededRandom, wanted: number) {
    this.#world = world;
    this.#random = random;
    this.#wanted = wanted;
  }

  get isDone(): boolean {
    return this.kills >= this.#wanted;
  }

  /** Where the kills struck, most of them first. */
  get moments(): string {
    const sorted = [...this.#moments].sort(([, one], [, other]) => other - one);
    return sorted.map(([moment, times]) => `${times} × ${moment}`).join(", ");
  }

  /**
   * Carries out an action; the bot dies at some moment of it, or not.
   * @param where says afterwards how far it had come
   */
  async during<T>(what: string, action: () => Promise<T>, where: () => Promise<string>): Promise<Outcome<T>> {
    const usual = this.#usual.get(what);
    // The first time it is only watched.
    if (usual === undefined || this.isDone || this.#random.chance(CALM)) {
      return { kind: "done", result: await this.#watched(what, action) };
    }
    const { bot } = this.#world;
    let isOver = false;
    const dying = this.#kill(bot, usual, () => isOver);
    const acting = action().then(
      (result) => ({ kind: "done", result }) as const,
      (error: unknown) => {
        if (bot.runs) throw error;
        return { kind: "killed" } as const;
      },
    );
    const outcome = await acting.finally(() => {
      isOver = true;
      return dying;
    });
    this.#struck(outcome.kind === "done" ? `after ${what}` : `${what}, ${await where()}`);
    await this.#startAgain();
    return outcome;
  }

  async #watched<T>(what: string, action: () => Promise<T>): Promise<T> {
    const [began, before] = [performance.now(), this.#world.requests];
    const result = await action();
    // The longest so far: a process that has just started takes longer, and its last moments are to be hit too.
    const { milliseconds = 0, requests = 0 } = this.#usual.get(what) ?? {};
    this.#usual.set(what, {
      milliseconds: Math.max(milliseconds, performance.now() - began),
      requests: Math.max(requests, this.#world.requests - before),
    });
    return result;
  }

  /** Half of the time by the clock, half of the time when so much was asked of the outside; at the latest when it is over. */
  async #kill(bot: FaultBot, usual: Usual, isOver: () => boolean): Promise<void> {
    const byClock = this.#random.chance(0.5);
    const latest = performance.now() + this.#random.next() * usual.milliseconds;
    const requests = this.#world.requests + 1 + this.#random.below(usual.requests);
    const isDue = () => (byClock ? performance.now() >= latest : this.#world.requests >= requests);
    while (!isDue() && !isOver()) await pause(1);
    await bot.kill();
  }

  async #startAgain(): Promise<void> {
    const { bot } = this.#world;
    while (!this.isDone && this.#random.chance(0.2)) {
      bot.spawn();
      await pause(this.#random.next() * (this.#usual.get("start")?.milliseconds ?? 1_000));
      await bot.kill();
      this.#struck("start");
    }
    await this.#watched("start", () => bot.restart());
  }

  #struck(moment: string): void {
    this.kills += 1;
    this.#moments.set(moment, (this.#moments.get(moment) ?? 0) + 1);
  }
}
