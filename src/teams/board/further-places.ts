import type { ConversationId } from "../../core/person.js";
import type { CardKey } from "../../core/stores.js";
import { nameOf } from "./card-in-hand.js";
import type { Outside } from "./outside.js";
import type { Further, Invitation, Subject } from "./subject.js";

/** Until it is looked again where a card is to be seen, where that could not be found out. */
const LOOK_AGAIN_MS = 60_000;

/** Finds the places of cards that take a look outside, and has a card announced again where that did not find all. */
export class FurtherPlaces<State> {
  readonly #outside: Outside;
  readonly #subject: Subject<State>;
  readonly #announceAgain: (card: CardKey) => Promise<void>;
  /** Cards that wait to be announced again. */
  readonly #waiting = new Set<string>();

  constructor(outside: Outside, subject: Subject<State>, announceAgain: (card: CardKey) => Promise<void>) {
    this.#outside = outside;
    this.#subject = subject;
    this.#announceAgain = announceAgain;
  }

  /** Those that are none of the others. Never throws. */
  async of(
    card: CardKey,
    state: State,
    others: ReadonlyMap<ConversationId, unknown>,
  ): Promise<ReadonlyMap<ConversationId, Invitation>> {
    const { invitations, mayBeMore } = await this.#look(card, state);
    if (mayBeMore) this.#lookAgain(card);
    const byPlace = invitations.map((each) => [this.#subject.placeOf(each.conversation.id), each] as const);
    return new Map(byPlace.filter(([place]) => !others.has(place)));
  }

  async #look(card: CardKey, state: State): Promise<Further> {
    try {
      return (await this.#subject.furtherPlaces?.(state)) ?? { invitations: [], mayBeMore: false };
    } catch (error) {
      this.#outside.log.warn("card-not-drawn", { ...nameOf(card), error });
      return { invitations: [], mayBeMore: true };
    }
  }

  /** In a while, once for each card however often it is announced until then. */
  #lookAgain(card: CardKey): void {
    const name = `${card.tenantId} ${card.id}`;
    if (this.#waiting.has(name)) return;
    this.#waiting.add(name);
    void this.#outside.pause(LOOK_AGAIN_MS).then(() => {
      this.#waiting.delete(name);
      this.#outside.background.start("card shown where it was not", () => this.#announceAgain(card));
    });
  }
}
