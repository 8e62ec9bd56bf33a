import { within } from "../../async/within.js";
import type { Place } from "../incoming/place.js";
import type { Message } from "../sending/messenger.js";
import type { AnswerContext } from "./answer-context.js";

/** After this long a person wonders whether anything happens. */
const PATIENCE_MS = 2_000;
const ASKING = text("Asking Microsoft Graph. That takes longer than usual; the answer comes here.");
/** True wherever the answer went. */
const ANSWERED = text(
  "Microsoft Graph took longer than usual. What came of it is in this conversation by now.",
);

/** Says that something is under way when it takes long; the answer then takes its place, so that nothing is left of it. */
export class Note {
  readonly #context: Pick<AnswerContext, "messenger" | "log">;
  readonly #place: Place;
  readonly #timer: NodeJS.Timeout;
  #posted: Promise<string | undefined> = Promise.resolve(undefined);

  constructor(context: Pick<AnswerContext, "messenger" | "log">, place: Place) {
    this.#context = context;
    this.#place = place;
    this.#timer = setTimeout(() => {
      this.#posted = context.messenger.postOnce(place, ASKING).catch((error: unknown) => {
        context.log.warn("note-not-posted", { error });
        return undefined;
      });
    }, PATIENCE_MS);
  }

  /** No note comes any more. @returns the message that stands there; undefined: none does, as far as can be told soon */
  async end(): Promise<string | undefined> {
    clearTimeout(this.#timer);
    const posted = this.#posted.then((id) => ({ id }));
    const known = await within(posted, PATIENCE_MS);
    if (known !== undefined) return known.id;
    // The answer does not wait for it.
    void posted.then(({ id }) => id !== undefined && this.#become(id, ANSWERED));
    return undefined;
  }

  /** The answer in place of the note, or posted where there is none or Teams does not take that. */
  async answer(id: string | undefined, message: Message): Promise<void> {
    if (id !== undefined && (await this.#become(id, message))) return;
    await this.#context.messenger.post(this.#place, message);
  }

  /** The answer is elsewhere: what the note says stays true. */
  async answeredElsewhere(id: string | undefined): Promise<void> {
    if (id !== undefined) await this.#become(id, ANSWERED);
  }

  async #become(id: string, message: Message): Promise<boolean> {
    try {
      await this.#context.messenger.replace(this.#place, id, message);
      return true;
    } catch (error) {
      this.#context.log.warn("note-not-replaced", { error });
      return false;
    }
  }
}

function text(words: string): Message {
  return { kind: "text", text: words };
}
