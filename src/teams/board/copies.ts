import type { Ports } from "../../core/ports.js";
import type { CardPostings, Posting, PostingIntent } from "../../core/stores.js";
import { isRefusal } from "../sending/arrival.js";
import { type CardInHand, type CopyInHand, nameOf } from "./card-in-hand.js";
import type { Outside } from "./outside.js";
import type { Subject } from "./subject.js";

/** The copies of cards that stand somewhere: redraws them, and keeps in the store what they show. */
export class Copies<State> {
  readonly #outside: Outside;
  readonly #clock: Ports["clock"];
  readonly #subject: Subject<State>;
  readonly #rested: (card: CardInHand<State>, copy: CopyInHand) => void;

  /** @param rested told when a copy may be drawn again */
  constructor(
    outside: Outside,
    clock: Ports["clock"],
    subject: Subject<State>,
    rested: (card: CardInHand<State>, copy: CopyInHand) => void,
  ) {
    this.#outside = outside;
    this.#clock = clock;
    this.#subject = subject;
    this.#rested = rested;
  }

  /** Everything the store has of a card, and what it could not keep. @throws Fault */
  async of(card: CardInHand<State>): Promise<CardPostings> {
    const { postings, intents } = await this.#outside.postings.of(card.key);
    const unsaved = [...card.unsaved.values()];
    return {
      postings: [...postings, ...unsaved.map(({ posting }) => posting)],
      intents: intents.filter(({ intentId }) => unsaved.every(({ intent }) => intent.intentId !== intentId)),
    };
  }

  /** Draws a copy until it shows the newest state, or cannot be drawn now. @throws Fault of the store */
  async redraw(card: CardInHand<State>, posting: Posting): Promise<void> {
    const copy = card.copyAt(nameOfCopy(posting));
    copy.version = Math.max(copy.version, posting.version);
    for (;;) {
      const state = await card.latest();
      if (state === undefined || copy.version >= this.#subject.versionOf(state)) return;
      if (this.isLeftAlone(copy, state)) return;
      if (copy.resting !== undefined && !this.#subject.isOver(state)) return;
      await copy.resting;
      if (!(await this.#draw(card, posting, state))) return;
    }
  }

  /** Draws a copy though it shows the newest state: not all that it shows is part of that. @throws Fault of the store */
  async drawAgain(card: CardInHand<State>, posting: Posting): Promise<void> {
    const state = await card.latest();
    if (state !== undefined) await this.#draw(card, posting, state);
  }

  /** What was drawn is kept; what the store cannot keep this process remembers as long as it has the card in hand. */
  async drew(card: CardInHand<State>, drawn: Posting, state: State, intent?: PostingIntent): Promise<void> {
    const name = nameOfCopy(drawn);
    const copy = card.copyAt(name);
    copy.version = drawn.version;
    copy.failures.before = 0;
    const isOver = this.#subject.isOver(state);
    const posting = isOver ? { ...drawn, doneAt: this.#now() } : drawn;
    const unkept = intent ?? card.unsaved.get(name)?.intent;
    try {
      await this.#outside.postings.keep(posting, unkept);
      card.unsaved.delete(name);
    } catch (error) {
      this.#log("posting-not-kept", card, error);
      if (unkept !== undefined) card.unsaved.set(name, { posting, intent: unkept });
    }
    if (!isOver) this.#rest(card, copy);
  }

  failed(card: CardInHand<State>, copy: CopyInHand, state: State, error: unknown): void {
    copy.failures[this.#subject.isOver(state) ? "end" : "before"] += 1;
    this.#log("card-not-drawn", card, error);
    this.#rest(card, copy);
  }

  isLeftAlone({ failures }: CopyInHand, state: State): boolean {
    const { pace } = this.#subject;
    const inARow = this.#subject.isOver(state) ? failures.end : failures.before;
    return pace !== undefined && inARow >= pace.attempts;
  }

  /** Nothing is left to do for it: there is only the end to show, and no way to show it. */
  async giveUp(entry: Posting | PostingIntent): Promise<void> {
    const done = { ...entry, doneAt: this.#now() };
    await ("intentId" in done ? this.#outside.postings.intend(done) : this.#outside.postings.keep(done));
  }

  /** @returns whether to look for something newer, or to try again */
  async #draw(card: CardInHand<State>, posting: Posting, state: State): Promise<boolean> {
    const { conversations, messenger } = this.#outside;
    const conversation = await conversations.find(posting.conversation);
    // The bot was removed there, so that no person is left to see the card.
    if (conversation === undefined) return this.#isGone(posting, state);
    try {
      const next = this.#subject.withoutCard(state);
      const message = { kind: "card", card: await this.#subject.draw(state, conversation), next } as const;
      await messenger.replace(conversation, posting.activityId, message);
    } catch (error) {
      this.failed(card, card.copyAt(nameOfCopy(posting)), state, error);
      if (isRefusal(error)) return this.#isGone(posting, state);
      return this.#subject.pace !== undefined;
    }
    await this.drew(card, { ...posting, version: this.#subject.versionOf(state) }, state);
    return true;
  }

  async #isGone(posting: Posting, state: State): Promise<false> {
    if (this.#subject.isOver(state)) await this.giveUp(posting);
    return false;
  }

  /** Nothing waits for the rest itself: stopping the bot must not. */
  #rest(card: CardInHand<State>, copy: CopyInHand): void {
    const { pace } = this.#subject;
    if (pace === undefined) return;
    copy.draws += 1;
    copy.resting = this.#outside.pause(pace.restMs(copy.draws)).then(() => {
      copy.resting = undefined;
      this.#rested(card, copy);
    });
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }

  #log(event: string, card: CardInHand<State>, error: unknown): void {
    this.#outside.log.warn(event, { ...nameOf(card.key), error });
  }
}

/** How a copy is called among those of its card. */
export function nameOfCopy({ conversation, activityId }: Posting): string {
  return `${conversation} ${activityId}`;
}
