import { setTimeout as sleep } from "node:timers/promises";
import type { ConnectorEvent } from "../../simulators/teams/connector.js";
import { contentOf, type MessageContent } from "../../simulators/teams/message-log.js";

/** Something the bot wrote into a conversation. */
export interface Arrived extends MessageContent {
  /** When all of it was here, on the clock of `performance.now`. */
  readonly at: number;
  readonly id: string;
}

interface Waiting {
  readonly fits: (arrived: Arrived) => boolean;
  readonly resolve: (arrived: Arrived) => void;
}

/** An answer that takes longer than this is none. */
const LIMIT_MS = 30_000;
/** Nothing has come for so long: the bot has done what it does after its answer. */
const QUIET_MS = 250;

/** Says when what is waited for has come. */
export class Arrivals {
  readonly #waiting = new Map<string, Set<Waiting>>();
  /** By conversation, for the words of an error. */
  readonly #last = new Map<string, unknown>();
  #lastAt = 0;

  /** Told of everything the bot does. */
  note(event: ConnectorEvent): void {
    this.#lastAt = performance.now();
    if (event.kind !== "posted" && event.kind !== "changed") return;
    const { message, activity, at } = event;
    this.#last.set(message.conversation, activity);
    const waiting = this.#waiting.get(message.conversation);
    if (waiting === undefined || waiting.size === 0) return;
    const arrived: Arrived = { at, id: message.id, ...contentOf(activity) };
    for (const one of [...waiting]) if (one.fits(arrived)) one.resolve(arrived);
  }

  /** The next thing in that conversation, new or changed, that fits. @throws Error when none comes */
  next(conversation: string, fits: (arrived: Arrived) => boolean): Promise<Arrived> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(conversation) ?? new Set();
      this.#waiting.set(conversation, waiting);
      const late = setTimeout(() => {
        waiting.delete(one);
        const last = JSON.stringify(this.#last.get(conversation)) ?? "nothing";
        reject(
          new Error(`what was waited for did not come in ${conversation}; the last to come was ${last}`),
        );
      }, LIMIT_MS);
      const one: Waiting = {
        fits,
        resolve: (arrived) => {
          clearTimeout(late);
          waiting.delete(one);
          resolve(arrived);
        },
      };
      waiting.add(one);
    });
  }

  /** Resolves when nothing has come for a moment. */
  async quiet(): Promise<void> {
    for (;;) {
      const since = performance.now() - this.#lastAt;
      if (since >= QUIET_MS) return;
      await sleep(QUIET_MS - since);
    }
  }
}
