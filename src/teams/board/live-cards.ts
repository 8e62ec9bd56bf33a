import { BoundedMap } from "../../async/bounded-map.js";
import { inParallel } from "../../async/in-parallel.js";
import { oneAtATime } from "../../async/one-at-a-time.js";
import { within } from "../../async/within.js";
import type { ConversationId } from "../../core/person.js";
import type { Ports } from "../../core/ports.js";
import type { CardKey, PostingIntent } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";
import { CardInHand, type CopyInHand, nameOf } from "./card-in-hand.js";
import { Copies } from "./copies.js";
import { FurtherPlaces } from "./further-places.js";
import { NewCopies } from "./new-copies.js";
import type { Outside } from "./outside.js";
import type { Draw, Invitation, Subject } from "./subject.js";

/** Teams answers a bot's calls in a conversation one after the other; over conversations they may run abreast. */
const ABREAST = 8;
/** After this long a conversation goes on by itself and the next one has its turn. */
const SLOW_MS = 2_000;
/** Cards in hand: more than are ever drawn at a time. */
const CARDS_IN_HAND = 1_000;

/** What was drawn of a card: everywhere it belongs, and where it stood before. */
interface Drawn {
  readonly places: ReadonlyMap<ConversationId, unknown>;
  readonly stood: ReadonlySet<ConversationId>;
}

export interface ShowOptions<State> {
  /** How it is drawn at first; from the next change on like any other copy. */
  readonly draw?: Draw<State>;
  /** A message of ours that becomes the card, instead of a new one. */
  readonly into?: string | undefined;
}

/**
 * Keeps the cards of one kind up to date wherever they stand. What is drawn of one card in one place is drawn in
 * order, always from the newest state, so that a copy never goes back to an older one; a conversation that Teams keeps
 * waiting holds up no other. Nothing is kept of a card once it is over, or not being drawn.
 */
export class LiveCards<State> {
  readonly #outside: Outside;
  readonly #subject: Subject<State>;
  readonly #copies: Copies<State>;
  readonly #newCopies: NewCopies<State>;
  readonly #furtherPlaces: FurtherPlaces<State>;
  readonly #inHand = new BoundedMap<string, CardInHand<State>>(CARDS_IN_HAND);
  readonly #inOrder = oneAtATime();

  constructor(outside: Outside, ports: Pick<Ports, "clock" | "replicas">, subject: Subject<State>) {
    this.#outside = outside;
    this.#subject = subject;
    this.#copies = new Copies(outside, ports.clock, subject, (card, copy) => this.#rested(card, copy));
    this.#newCopies = new NewCopies(outside, ports, subject, this.#copies);
    this.#furtherPlaces = new FurtherPlaces(outside, subject, (key) => this.refresh(key));
  }

  /** How many cards are in hand. */
  get size(): number {
    return this.#inHand.size;
  }

  /**
   * Draws it wherever it stands and is to be seen. What is told in quick succession is drawn as one, the last.
   * @param intents that were stored with it, and are posted now
   */
  async tell(state: State, intents: readonly PostingIntent[] = []): Promise<void> {
    const card = this.#take(this.#subject.keyOf(state));
    card.learn(state);
    for (const intent of intents) card.intended.set(this.#subject.placeOf(intent.conversation), intent);
    await this.#during(card, () => this.#announce(card));
  }

  /** The same for what the store knows of it. */
  async refresh(key: CardKey): Promise<void> {
    const card = this.#take(key);
    await this.#during(card, () => this.#announce(card));
  }

  /** Shows it once more in this conversation, and keeps that copy up to date as well. @throws what Teams or the store threw */
  async show(state: State, conversation: ConversationId, options: ShowOptions<State> = {}): Promise<void> {
    const card = this.#take(this.#subject.keyOf(state));
    card.learn(state);
    const work = async (): Promise<void> => {
      const target = await this.#outside.conversations.find(conversation);
      if (target === undefined)
        throw new Error("the conversation a card was asked for in is not in the store");
      const { into, ...how } = options;
      if (into !== undefined && (await this.#newCopies.postInto(card, target, into))) return;
      await this.#newCopies.post(card, target, how);
    };
    await this.#during(card, async () => {
      await this.#inPlace(card, this.#subject.placeOf(conversation), work);
      await this.#drawChangedEcho(card, state);
    });
  }

  /** Whether a copy stands in this very conversation. @throws Fault */
  async stands(key: CardKey, conversation: ConversationId): Promise<boolean> {
    const { postings } = await this.#outside.postings.of(key);
    return postings.some((posting) => posting.conversation === conversation);
  }

  /**
   * A message showed itself as a copy, because a button on it was pressed. One that no posting knows is a copy
   * from now on. @returns whether it may show something old
   */
  async see(key: CardKey, conversation: ConversationId, activityId: string): Promise<boolean> {
    const card = this.#take(key);
    let isBehind = false;
    await this.#during(card, async () => {
      const newest = await card.latest();
      const known = await this.#outside.postings.ofMessage(key.tenantId, activityId);
      const here = known.filter((posting) => channelOf(posting.conversation) === channelOf(conversation));
      const own = here.find(({ kind, id }) => kind === key.kind && id === key.id);
      isBehind = newest !== undefined && (own?.version ?? 0) < this.#subject.versionOf(newest);
      if (here.length > 0 || !card.exists) return;
      await this.#outside.postings.keep({ ...key, conversation, activityId, version: 0 });
      this.#outside.log.info("card-found", nameOf(key));
    });
    return isBehind;
  }

  async #announce(card: CardInHand<State>): Promise<void> {
    if (card.isQueued || card.isResting) return;
    card.isQueued = true;
    const state = await card.latest().finally(() => {
      card.isQueued = false;
    });
    if (state === undefined) return;
    const { places, standing } = await this.#placesOf(card, state);
    card.audience = this.#subject.pace?.audience(state) ?? 0;
    const [further] = await Promise.all([
      this.#furtherPlaces.of(card.key, state, places).then(async (found) => {
        await this.#drawIn(card, found);
        return found;
      }),
      this.#drawIn(card, places),
    ]);
    const all = new Map([...places, ...further]);
    await this.#drawEcho(card, state, { places: all, stood: standing });
    await this.#newCopies.dropIntended(card);
  }

  /** Resolves when it is drawn in all of these places, or could not be. */
  async #drawIn(
    card: CardInHand<State>,
    places: ReadonlyMap<ConversationId, Invitation | undefined>,
  ): Promise<void> {
    const drawing: Promise<void>[] = [];
    await inParallel([...places], ABREAST, async ([place, invitation]) => {
      if (this.#isTooEarly(card, place, invitation)) return;
      const drawn = this.#inPlace(card, place, () => this.#bringUpToDate(card, place, invitation)).catch(
        (error: unknown) => this.#notDrawn(card, error),
      );
      drawing.push(drawn);
      await within(drawn, SLOW_MS);
    });
    await Promise.all(drawing);
  }

  /** Now that the others were posted, or refused. */
  async #drawEcho(card: CardInHand<State>, state: State, { places, stood }: Drawn): Promise<void> {
    const echo = await this.#subject.echo?.(state);
    if (echo === undefined) return;
    const shown = this.#subject.echoDrawn?.(state) ?? echo.shows;
    const mayHaveMore = stood.has(echo.place) && [...places.keys()].some((place) => !stood.has(place));
    if (echo.shows === shown && !mayHaveMore) return;
    const { placeOf } = this.#subject;
    const { postings } = await this.#copies.of(card);
    const hasMore = postings.some(({ conversation }) => !stood.has(placeOf(conversation)));
    if (echo.shows === shown && !hasMore) return;
    for (const posting of postings.filter(({ conversation }) => placeOf(conversation) === echo.place)) {
      await this.#inPlace(card, echo.place, () => this.#copies.drawAgain(card, posting));
    }
  }

  /** Another copy may be the first that counts. */
  async #drawChangedEcho(card: CardInHand<State>, state: State): Promise<void> {
    if (this.#subject.echoDrawn?.(state) === undefined) return;
    const { postings } = await this.#copies.of(card);
    const places = new Map(
      postings.map(({ conversation }) => [this.#subject.placeOf(conversation), undefined]),
    );
    await this.#drawEcho(card, state, { places, stood: new Set(places.keys()) });
  }

  /** Every place with a copy, and those that are to get one. */
  async #placesOf(
    card: CardInHand<State>,
    state: State,
  ): Promise<{
    readonly places: ReadonlyMap<ConversationId, Invitation | undefined>;
    readonly standing: ReadonlySet<ConversationId>;
  }> {
    const { placeOf, places } = this.#subject;
    const { postings, intents: stored } = await this.#copies.of(card);
    const own = new Set([...card.intended.values()].map(({ intentId }) => intentId));
    const intents = stored.filter(({ intentId }) => !own.has(intentId));
    const standing = new Set([...postings, ...intents].map(({ conversation }) => placeOf(conversation)));
    const all = new Map<ConversationId, Invitation | undefined>(
      [...standing].map((place) => [place, undefined]),
    );
    for (const invitation of await places(state, standing)) {
      const place = placeOf(invitation.conversation.id);
      if (!all.has(place)) all.set(place, invitation);
    }
    return { places: all, standing };
  }

  async #bringUpToDate(
    card: CardInHand<State>,
    place: ConversationId,
    invitation: Invitation | undefined,
  ): Promise<void> {
    // First: most chats are not an approver's, and nothing has to be read for those.
    if (invitation?.still !== undefined && !(await invitation.still())) return;
    const { postings, intents } = await this.#copies.of(card);
    const isHere = ({ conversation }: { readonly conversation: ConversationId }) =>
      this.#subject.placeOf(conversation) === place;
    const copies = postings.filter(isHere);
    const posted = { intents: intents.filter(isHere) };
    if (copies.length === 0) {
      const invited = invitation && { invited: invitation.conversation };
      return this.#newCopies.fill(card, place, { ...posted, ...invited });
    }
    for (const posting of copies) await this.#copies.redraw(card, posting);
    await this.#newCopies.forgetLost(posted.intents);
  }

  /** Then it comes when the time is over, or with the first news after that. */
  #isTooEarly(card: CardInHand<State>, place: ConversationId, invitation: Invitation | undefined): boolean {
    const { afterMs = 0 } = invitation ?? {};
    if (afterMs <= 0) return false;
    const slot = card.copyAt(place);
    if (slot.patience === undefined) {
      slot.patience = "waiting";
      void this.#outside.pause(afterMs).then(() => {
        slot.patience = "over";
        this.#rested(card, slot);
      });
    }
    return slot.patience === "waiting";
  }

  #rested(card: CardInHand<State>, copy: CopyInHand): void {
    const work = async () => {
      if (card.isBehind(copy)) await this.#announce(card);
    };
    this.#outside.background.start("card drawn after a rest", () => this.#during(card, work));
  }

  #inPlace(card: CardInHand<State>, place: ConversationId, work: () => Promise<void>): Promise<void> {
    return this.#inOrder(`${keyText(card.key)} ${place}`, work);
  }

  #take(key: CardKey): CardInHand<State> {
    const known = this.#inHand.get(keyText(key));
    if (known !== undefined) return known;
    const card = new CardInHand(this.#subject, key, this.#outside.log);
    this.#inHand.set(keyText(key), card);
    return card;
  }

  async #during(card: CardInHand<State>, work: () => Promise<void>): Promise<void> {
    card.users += 1;
    try {
      await work();
    } finally {
      card.users -= 1;
      const isThis = this.#inHand.get(keyText(card.key)) === card;
      if (isThis && !card.isNeeded) this.#inHand.delete(keyText(card.key));
    }
  }

  #notDrawn(card: CardInHand<State>, error: unknown): void {
    this.#outside.log.warn("card-not-drawn", { ...nameOf(card.key), error });
  }
}

const keyText = ({ tenantId, id }: CardKey): string => `${tenantId} ${id}`;
