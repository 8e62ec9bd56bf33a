import type { ConversationId } from "../../core/person.js";
import type { CardKey, Conversation } from "../../core/stores.js";
import type { AdaptiveCard } from "../cards/parts/card.js";

/** What cards show that are kept up to date: plans, drifts or scans. `live-cards.ts` does the rest. */
export interface Subject<State> {
  keyOf(state: State): CardKey;
  /** Grows with every change, from one process to the next as well. */
  versionOf(state: State): number;
  /** Whether nothing changes after this. */
  isOver(state: State): boolean;
  /**
   * The newest state there is, by the store.
   * @param told what this process was told last
   * @returns "elsewhere" when another process draws it; undefined when there is no such thing @throws Fault
   */
  newest(card: CardKey, told: State | undefined): Promise<State | "elsewhere" | undefined>;
  draw: Draw<State>;
  /** What people are told to do where Teams does not take the card. */
  withoutCard(state: State): string;
  /** Conversations of one place are read together, so that one copy is enough there. */
  placeOf(conversation: ConversationId): ConversationId;
  /** Where it is to be seen. @param standing places where it stands, or is being posted, already @throws Fault */
  places(state: State, standing: ReadonlySet<ConversationId>): Promise<readonly Invitation[]>;
  /** Where it is to be seen besides, which takes a look outside: the places above are not kept waiting by it. @throws Fault */
  furtherPlaces?(state: State): Promise<Further>;
  /**
   * What the copy in one place shows of how the others fared, which is known only when those were posted. undefined:
   * nothing @throws Fault
   */
  echo?(state: State): Promise<{ readonly place: ConversationId; readonly shows: string } | undefined>;
  /** What that copy was drawn with last; undefined: not by this process. */
  echoDrawn?(state: State): string | undefined;
  /** For what changes faster than Teams takes it. */
  readonly pace?: Pace<State>;
}

/** The card as everybody in this conversation gets to see it. */
export type Draw<State> = (state: State, conversation: Conversation) => Promise<AdaptiveCard>;

/** A conversation the card belongs in. */
export interface Invitation {
  readonly conversation: Conversation;
  /** Whether it does after a closer look, which is taken only where there is no copy. */
  readonly still?: () => Promise<boolean>;
  /** It comes there only when it is not over by then. */
  readonly afterMs?: number;
}

/** What a look outside found. */
export interface Further {
  readonly invitations: readonly Invitation[];
  /** Whether there may be others, so that it is worth another look in a while. */
  readonly mayBeMore: boolean;
}

export interface Pace<State> {
  /** How long a copy rests after it was drawn so often. */
  restMs(draws: number): number;
  /** A copy that could not be drawn so often in a row was probably deleted: it is left alone until the end, and then too. */
  readonly attempts: number;
  /** Grows when there are more conversations it is to be seen in: those do not wait for the others' rest. */
  audience(state: State): number;
}
