import type { ConversationId } from "../../core/person.js";
import type { Ports } from "../../core/ports.js";
import type { Conversation, PostingIntent } from "../../core/stores.js";
import { MayHaveArrived } from "../sending/arrival.js";
import { type CardInHand, nameOf } from "./card-in-hand.js";
import { type Copies, nameOfCopy } from "./copies.js";
import type { Outside } from "./outside.js";
import type { Draw, Subject } from "./subject.js";

/** A card is posted once, and once more when Teams may or may not have taken it. */
const TRIES = 2;
const TRY_AGAIN_AFTER_MS = 2_000;

interface How<State> {
  /** The newest state, where it was read just now. */
  readonly state: State | undefined;
  readonly draw: Draw<State>;
  readonly tries: number;
  /** Intents whose copies this one stands in for. */
  readonly replaced: readonly PostingIntent[];
  /** The intent of this copy, where it is stored already. */
  readonly own: PostingIntent | undefined;
}

/** Posts cards: the intent is stored before, and what became of it after (docs/adr/0028). */
export class NewCopies<State> {
  readonly #outside: Outside;
  readonly #ports: Pick<Ports, "clock" | "replicas">;
  readonly #subject: Subject<State>;
  readonly #copies: Copies<State>;

  constructor(
    outside: Outside,
    ports: Pick<Ports, "clock" | "replicas">,
    subject: Subject<State>,
    copies: Copies<State>,
  ) {
    this.#outside = outside;
    this.#ports = ports;
    this.#subject = subject;
    this.#copies = copies;
  }

  /** Posts one copy, and keeps at it until it shows the newest state. @throws what Teams or the store threw */
  async post(
    card: CardInHand<State>,
    conversation: Conversation,
    how: Partial<How<State>> = {},
  ): Promise<void> {
    const { draw = this.#subject.draw, tries = 1, replaced = [], own } = how;
    const { messenger, postings, log, pause } = this.#outside;
    const state = how.state ?? (await card.latest());
    if (state === undefined) return;
    const version = this.#subject.versionOf(state);
    const next = this.#subject.withoutCard(state);
    const message = { kind: "card", card: await draw(state, conversation), next } as const;
    const isIntended = own !== undefined && own.version === version && replaced.length === 0;
    const intent = isIntended ? own : this.#intent(card, conversation, { version, tries });
    if (!isIntended) await postings.intend(intent, own === undefined ? replaced : [...replaced, own]);
    let activityId: string;
    try {
      activityId = await messenger.postOnce(conversation, message);
    } catch (error) {
      if (!(error instanceof MayHaveArrived)) await postings.drop(intent);
      if (!(error instanceof MayHaveArrived) || tries >= TRIES) throw error;
      log.warn("card-may-be-posted", { ...nameOf(card.key), error: error.cause });
      await pause(TRY_AGAIN_AFTER_MS);
      return this.post(card, conversation, { draw, tries: tries + 1, replaced: [intent] });
    }
    const posting = { ...card.key, conversation: conversation.id, activityId, version };
    await this.#copies.drew(card, posting, state, intent);
    // A process that announced a change until now did not find this copy.
    await this.#copies.redraw(card, posting);
  }

  /** Makes a message of ours a copy. @returns whether Teams took it @throws Fault */
  async postInto(card: CardInHand<State>, conversation: Conversation, activityId: string): Promise<boolean> {
    const posting = { ...card.key, conversation: conversation.id, activityId, version: 0 };
    await this.#outside.postings.keep(posting);
    await this.#copies.redraw(card, posting);
    const isDrawn = card.copyAt(nameOfCopy(posting)).version > 0;
    if (!isDrawn) await this.#outside.postings.drop(posting);
    return isDrawn;
  }

  /** Posts a copy in a place that has none, if it is invited or one was lost there. @throws Fault */
  async fill(
    card: CardInHand<State>,
    place: ConversationId,
    { invited, intents }: { readonly invited?: Conversation; readonly intents: readonly PostingIntent[] },
  ): Promise<void> {
    const own = card.intended.get(place);
    card.intended.delete(place);
    const others = intents.filter(({ intentId }) => intentId !== own?.intentId);
    const lost = await this.#lost(others);
    // A process that lives is posting it.
    if (lost.length < others.length) return;
    const conversation = invited ?? (await this.#conversationOf(lost));
    const state = await card.latest();
    if (conversation === undefined) return this.#drop(own === undefined ? lost : [...lost, own]);
    if (state === undefined || (await this.#hadEnough(lost, state))) return;
    const slot = card.copyAt(place);
    if (this.#copies.isLeftAlone(slot, state)) return;
    if (slot.resting !== undefined && !this.#subject.isOver(state)) return;
    const isRested = slot.resting === undefined;
    await slot.resting;
    try {
      const tries = lost.length === 0 ? 1 : TRIES;
      const read = isRested ? state : undefined;
      await this.post(card, conversation, { state: read, tries, replaced: lost, own });
      card.copies.delete(place);
    } catch (error) {
      this.#copies.failed(card, slot, state, error);
    }
  }

  /** Intents that nothing came of: it was over before there was a card. @throws Fault */
  async dropIntended(card: CardInHand<State>): Promise<void> {
    const left = [...card.intended.values()];
    card.intended.clear();
    await this.#drop(left);
  }

  /** For a place with a copy: what else may have been posted there is not replaced. @throws Fault */
  async forgetLost(intents: readonly PostingIntent[]): Promise<void> {
    await this.#drop(await this.#lost(intents));
  }

  /** Whether a copy that shows this state was lost there twice already. */
  async #hadEnough(lost: readonly PostingIntent[], state: State): Promise<boolean> {
    if (lost.some(({ doneAt }) => doneAt !== undefined)) return true;
    const version = this.#subject.versionOf(state);
    const isEnough = lost.some((intent) => intent.tries >= TRIES && intent.version >= version);
    if (isEnough && this.#subject.isOver(state)) for (const intent of lost) await this.#copies.giveUp(intent);
    return isEnough;
  }

  /** Work on one place is done in order, so an intent of ours that is found there has ended without a word. */
  async #lost(intents: readonly PostingIntent[]): Promise<readonly PostingIntent[]> {
    const { replicas } = this.#ports;
    const lost: PostingIntent[] = [];
    for (const intent of intents) {
      if (intent.poster === replicas.self || (await replicas.isGone(intent.poster))) lost.push(intent);
    }
    return lost;
  }

  async #conversationOf([intent]: readonly PostingIntent[]): Promise<Conversation | undefined> {
    return intent && this.#outside.conversations.find(intent.conversation);
  }

  async #drop(lost: readonly PostingIntent[]): Promise<void> {
    for (const intent of lost) await this.#outside.postings.drop(intent);
  }

  #intent(
    { key }: CardInHand<State>,
    { id: conversation }: Conversation,
    attempt: Pick<PostingIntent, "version" | "tries">,
  ): PostingIntent {
    const { clock, replicas } = this.#ports;
    return { ...key, conversation, intentId: clock.newId(), poster: replicas.self, ...attempt };
  }
}
