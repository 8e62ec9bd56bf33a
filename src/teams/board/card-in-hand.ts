import type { ConversationId } from "../../core/person.js";
import type { Log } from "../../core/ports.js";
import type { CardKey, Posting, PostingIntent } from "../../core/stores.js";
import type { Subject } from "./subject.js";

/** What this process knows of one copy: a message, or a place where none could be posted yet. */
export interface CopyInHand {
  /** What was drawn there last; 0: nothing that is known. */
  version: number;
  draws: number;
  /** In a row; those of the end are counted by themselves. */
  readonly failures: { before: number; end: number };
  /** Until it may be drawn again. */
  resting: Promise<void> | undefined;
  /** Whether it was waited long enough to show the card in this place. */
  patience: "waiting" | "over" | undefined;
}

/** A card that is being drawn, in the newest state that was told or read. */
export class CardInHand<State> {
  readonly key: CardKey;
  readonly copies = new Map<string, CopyInHand>();
  /** Postings the store could not keep, with the intent that still stands for them there. */
  readonly unsaved = new Map<string, { readonly posting: Posting; readonly intent: PostingIntent }>();
  /** Intents that were stored with what the card is about, by place: this process is about to post them. */
  readonly intended = new Map<ConversationId, PostingIntent>();
  /** How many are at work on it. */
  users = 0;
  /** An announcement was asked for and has not read the newest state yet. */
  isQueued = false;
  /** The audience that was last shown to. */
  audience = 0;
  readonly #subject: Subject<State>;
  readonly #log: Log;
  #told: State | undefined;
  /** Where the store found it last. */
  #found: "here" | "elsewhere" | "nowhere" = "here";

  constructor(subject: Subject<State>, key: CardKey, log: Log) {
    this.#subject = subject;
    this.key = key;
    this.#log = log;
  }

  /** Whether there is such a thing, as far as is known. */
  get exists(): boolean {
    return this.#found !== "nowhere";
  }

  /** Takes in what was told or read, unless something newer is known. */
  learn(state: State): void {
    const { versionOf } = this.#subject;
    if (this.#told === undefined || versionOf(state) > versionOf(this.#told)) this.#told = state;
  }

  /**
   * The newest state; the store may know better, since another process may have changed it.
   * @returns undefined when there is nothing for this process to draw
   */
  async latest(): Promise<State | undefined> {
    try {
      const found = await this.#subject.newest(this.key, this.#told);
      this.#take(found);
    } catch (error) {
      this.#log.warn("card-state-not-read", { ...nameOf(this.key), error });
    }
    return this.#found === "here" || this.#isOver ? this.#told : undefined;
  }

  #take(found: State | "elsewhere" | undefined): void {
    if (found === undefined) this.#found = "nowhere";
    else if (found === "elsewhere") this.#found = "elsewhere";
    else {
      this.#found = "here";
      this.learn(found);
    }
  }

  copyAt(name: string): CopyInHand {
    const known = this.copies.get(name);
    if (known !== undefined) return known;
    const copy: CopyInHand = {
      version: 0,
      draws: 0,
      failures: { before: 0, end: 0 },
      resting: undefined,
      patience: undefined,
    };
    this.copies.set(name, copy);
    return copy;
  }

  /** Whether the newest state that is known here is not what this copy shows. */
  isBehind({ version }: CopyInHand): boolean {
    return this.#told !== undefined && version < this.#subject.versionOf(this.#told);
  }

  /** Whether nothing can be drawn before a rest is over, after which it is looked at again. */
  get isResting(): boolean {
    const { pace } = this.#subject;
    if (pace === undefined || this.#told === undefined || this.#isOver || this.copies.size === 0)
      return false;
    if (pace.audience(this.#told) > this.audience) return false;
    return [...this.copies.values()].every(({ resting }) => resting !== undefined);
  }

  /** Whether something would be lost if this were forgotten. */
  get isNeeded(): boolean {
    const isPaced = this.#subject.pace !== undefined;
    const goesOn = isPaced && this.#told !== undefined && this.#found === "here" && !this.#isOver;
    const rests = [...this.copies.values()].some(({ resting }) => resting !== undefined);
    return this.users > 0 || this.unsaved.size > 0 || goesOn || rests;
  }

  get #isOver(): boolean {
    return this.#told !== undefined && this.#subject.isOver(this.#told);
  }
}

/** How a card is called in the log. */
export function nameOf({ kind, id }: CardKey): Readonly<Record<string, string>> {
  return { [kind]: id };
}
