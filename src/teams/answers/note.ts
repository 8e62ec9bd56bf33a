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

type NoteContext = Pick<AnswerContext, "messenger" | "log"> & {
  readonly ports: Pick<AnswerContext["ports"], "graphWaits">;
};

/**
 * Says that something is under way when it takes long, and how long Graph asks to wait; the answer then takes its place,
 * so that nothing is left of it.
 */
export class Note {
  readonly #context: NoteContext;
  readonly #place: Place;
  readonly #timer: NodeJS.Timeout;
  readonly #unwatch: () => void;
  #posted: Promise<string | undefined> | undefined;
  #words = ASKING;

  constructor(context: NoteContext, place: Place) {
    this.#context = context;
    this.#place = place;
    this.#unwatch = context.ports.graphWaits.watch((seconds) => this.#waits(seconds));
    this.#timer = setTimeout(() => {
      this.#posted = context.messenger.postOnce(place, this.#words).catch((error: unknown) => {
        context.log.warn("note-not-posted", { error });
        return undefined;
      });
    }, PATIENCE_MS);
  }

  /** A wait that is named before the note comes stands in it; a later one changes it, before anything else does. */
  #waits(seconds: number): void {
    const words = waiting(seconds);
    this.#words = words;
    this.#posted = this.#posted?.then(async (id) => {
      if (id !== undefined) await this.#become(id, words);
      return id;
    });
  }

  /** No note comes any more. @returns the message that stands there; undefined: none does, as far as can be told soon */
  async end(): Promise<string | undefined> {
    clearTimeout(this.#timer);
    this.#unwatch();
    if (this.#posted === undefined) return undefined;
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

function waiting(seconds: number): Message {
  const time = seconds <= 1 ? "a second" : `${Math.ceil(seconds)} seconds`;
  return text(
    `Microsoft Graph is busy with this tenant and asks to wait ${time}. Nothing is to be done; the answer comes here.`,
  );
}

function text(words: string): Message {
  return { kind: "text", text: words };
}
