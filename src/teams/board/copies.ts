import type { ConversationId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Log, Ports, Rules } from "../../core/ports.js";
import type { Conversation, ConversationStore, Posting, PostingStore } from "../../core/stores.js";
import type { AdaptiveCard } from "../cards/parts/card.js";
import { planCard } from "../cards/plan/plan-card.js";
import type { PlanView } from "../cards/plan/plan-view.js";
import { channelOf } from "../incoming/place.js";
import { type Background, describeError } from "../sending/background.js";
import type { Messenger } from "../sending/messenger.js";
import type { RefusalWords } from "../words/refusal-text.js";
import { viewIn } from "./plan-viewer.js";
import type { PlansInHand } from "./plans-in-hand.js";

/** What drawing takes from the start. */
export interface Outside {
  readonly messenger: Messenger;
  readonly conversations: ConversationStore;
  readonly postings: PostingStore;
  readonly background: Background;
  readonly log: Log;
  /** Resolves after so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** What the words of a refusal name. */
  readonly app: Pick<RefusalWords, "clientId" | "tenantId" | "authorityHost">;
}
/** What it takes besides, as soon as the bot is put together. */
export interface Connected {
  readonly ports: Ports;
  readonly rules: Rules;
}

/** Draws a plan as a card: in brief, or in full. */
export type DrawPlan = (plan: Plan, view: PlanView) => AdaptiveCard;

interface Copies {
  /** Redraws every copy in a place; where there is none yet, posts one if the place is invited. */
  bringUpToDate(plan: Plan, place: ConversationId, invited: Conversation | undefined): Promise<void>;
  /** Posts one more copy, which is kept up to date from then on. */
  post(plan: Plan, conversation: Conversation, draw?: DrawPlan): Promise<void>;
}

/** The copies of plans' cards in conversations. Whoever calls sees to it that one place is drawn in order. */
export function copies(outside: Outside, { ports, rules }: Connected, inHand: PlansInHand): Copies {
  const { messenger, conversations, postings, log } = outside;

  const redraw = async (announced: Plan, posting: Posting): Promise<void> => {
    let plan = announced;
    while (!inHand.shows(posting, plan.version)) {
      const conversation = await conversations.find(posting.conversation);
      // The bot was removed there: nobody is left to see the card.
      if (conversation === undefined) return;
      const card = planCard(plan, await viewIn(ports, rules, plan, conversation));
      await messenger.replace(conversation, posting.activityId, { kind: "card", card });
      inHand.drew(posting, plan.version);
      // Another process may have drawn a newer state before this one arrived.
      plan = await inHand.latest(ports, plan);
    }
  };

  const post = async (plan: Plan, conversation: Conversation, draw: DrawPlan = planCard): Promise<void> => {
    const card = draw(plan, await viewIn(ports, rules, plan, conversation));
    const activityId = await messenger.post(conversation, { kind: "card", card });
    const { tenantId, number: planNumber } = plan;
    const posting: Posting = { tenantId, planNumber, conversation: conversation.id, activityId };
    await postings.add(posting);
    inHand.drew(posting, plan.version);
    // Whoever announced a change until now did not find this copy.
    await redraw(await inHand.latest(ports, plan), posting);
  };

  return {
    post,
    async bringUpToDate(announced, place, invited) {
      const plan = await inHand.latest(ports, announced);
      const all = await postings.of(plan.tenantId, plan.number);
      const here = all.filter(({ conversation }) => channelOf(conversation) === place);
      if (here.length === 0 && invited !== undefined) await post(plan, invited);
      for (const posting of here) {
        await redraw(plan, posting).catch((error: unknown) =>
          log.warn("card-not-drawn", {
            plan: plan.number,
            version: plan.version,
            error: describeError(error),
          }),
        );
      }
    },
  };
}
