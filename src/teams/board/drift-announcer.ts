import { inParallel } from "../../async/in-parallel.js";
import { oneAtATime } from "../../async/one-at-a-time.js";
import type { Drift } from "../../core/drift/drift.js";
import type { ConversationId } from "../../core/person.js";
import type { Announcer, Ports } from "../../core/ports.js";
import type { Conversation, DriftPosting } from "../../core/stores.js";
import { driftCard } from "../cards/drift/drift-card.js";
import { channelOf } from "../incoming/place.js";
import { describeError } from "../sending/background.js";
import type { Connected, Outside } from "./copies.js";
import { driftPlaces } from "./drift-audience.js";
import { driftViewIn } from "./drift-viewer.js";

export interface DriftAnnouncer extends Pick<Announcer, "driftChanged"> {
  /** Posts the drift's card in one conversation and keeps that copy up to date as well. */
  showDrift(drift: Drift, conversation: ConversationId): Promise<void>;
}

const ABREAST = 8;

/**
 * Draws drifts. In one conversation one thing at a time, always from the newest stored state; what is drawn already
 * is not drawn again, so that it may be told as often as somebody looks.
 */
export function driftAnnouncer(outside: Outside, connected: Promise<Connected>): DriftAnnouncer {
  const { background, conversations, log, messenger, postings } = outside;
  const inOrder = oneAtATime();
  /** Posting -> the version this process drew there. */
  const drawn = new Map<string, number>();

  const newest = async (ports: Ports, drift: Drift): Promise<Drift> => {
    const stored = await ports.watch.findDrift(drift.tenantId, drift.number).catch((error: unknown) => {
      log.warn("drift-not-read-for-drawing", { drift: drift.number, error: describeError(error) });
      return undefined;
    });
    return stored !== undefined && stored.version > drift.version ? stored : drift;
  };

  const redraw = async (ports: Ports, told: Drift, posting: DriftPosting): Promise<void> => {
    let drift = told;
    while ((drawn.get(keyOf(posting)) ?? 0) < drift.version) {
      const conversation = await conversations.find(posting.conversation);
      // The bot was removed there: nobody is left to see the card.
      if (conversation === undefined) return;
      const card = driftCard(drift, await driftViewIn(conversations, conversation));
      await messenger.replace(conversation, posting.activityId, { kind: "card", card });
      drawn.set(keyOf(posting), drift.version);
      // Another process may have drawn a newer state before this one arrived.
      drift = await newest(ports, drift);
    }
  };

  const post = async (ports: Ports, drift: Drift, conversation: Conversation): Promise<void> => {
    const card = driftCard(drift, await driftViewIn(conversations, conversation));
    const activityId = await messenger.post(conversation, { kind: "card", card });
    const { tenantId, number: driftNumber } = drift;
    const posting: DriftPosting = { tenantId, driftNumber, conversation: conversation.id, activityId };
    await postings.addDrift(posting);
    drawn.set(keyOf(posting), drift.version);
    // Whoever announced a change until now did not find this copy.
    await redraw(ports, await newest(ports, drift), posting);
  };

  const bringUpToDate = async (
    ports: Ports,
    told: Drift,
    [place, invited]: readonly [ConversationId, Conversation | undefined],
  ): Promise<void> => {
    const drift = await newest(ports, told);
    const all = await postings.ofDrift(drift.tenantId, drift.number);
    const here = all.filter(({ conversation }) => channelOf(conversation) === place);
    if (here.length === 0 && invited !== undefined) return post(ports, drift, invited);
    for (const posting of here) {
      await redraw(ports, drift, posting).catch((error: unknown) => notDrawn(drift, error));
    }
  };

  const notDrawn = (drift: Drift, error: unknown): void =>
    log.warn("drift-card-not-drawn", { drift: drift.number, error: describeError(error) });

  const announce = async (told: Drift): Promise<void> => {
    const { ports } = await connected;
    const drift = await newest(ports, told);
    const places = await driftPlaces(ports, drift, await postings.ofDrift(drift.tenantId, drift.number));
    await inParallel([...places], ABREAST, (place) =>
      inOrder(`${drift.number} ${place[0]}`, () => bringUpToDate(ports, drift, place)).catch(
        (error: unknown) => notDrawn(drift, error),
      ),
    );
  };

  return {
    async driftChanged(drift) {
      background.start(`drift ${drift.number} announced`, () => announce(drift));
    },
    async showDrift(drift, conversation) {
      const { ports } = await connected;
      await inOrder(`${drift.number} ${channelOf(conversation)}`, async () => {
        const target = await conversations.find(conversation);
        if (target === undefined) throw new Error(`conversation of "drift" is not in the store`);
        await post(ports, await newest(ports, drift), target);
      });
    },
  };
}

const keyOf = ({ conversation, activityId }: DriftPosting): string => `${conversation} ${activityId}`;
