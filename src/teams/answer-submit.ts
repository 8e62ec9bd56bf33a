import { answerClick } from "./answer-click.js";
import { plain } from "./cards/card-text.js";
import { planCard } from "./cards/plan-card.js";
import { planDetails } from "./cards/plan-details.js";
import { planSummary } from "./cards/plan-words.js";
import type { ClickAnswer, ClickIncoming } from "./click-answer.js";
import { type Desk, failureWords } from "./desk.js";
import type { Place } from "./place.js";
import { namesMayShow } from "./plan-viewer.js";

const NO_SIGN_IN =
  "This version of Teams cannot send your sign-in with the button. Open the card in the Teams desktop or web client and press Approve there.";
const NAMES_ELSEWHERE =
  "This version of Teams cannot show names to you alone. Press Show names in the Teams desktop or web client, or say the same in your own chat with Latchkey.";

/**
 * A client without Action.Execute pressed a button. That is a message: no sign-in comes with it, so it cannot
 * approve, and everybody in the conversation reads the answer.
 */
export async function answerSubmit(desk: Desk, incoming: ClickIncoming): Promise<void> {
  const text = await wordsFor(desk, incoming).catch((error: unknown) => failureWords(desk, "submit", error));
  if (text !== undefined) await desk.messenger.post(incoming.place, { kind: "text", text });
}

/** What to say; undefined when a card was posted. A plan's card is kept up to date like any other. */
async function wordsFor(desk: Desk, incoming: ClickIncoming): Promise<string | undefined> {
  const { place, press } = incoming;
  const answer = await answerClick(desk, incoming);
  if (answer.kind === "sign-in") return NO_SIGN_IN;
  // The scan's cards change by themselves.
  if (answer.kind === "scan-card") return `${answer.card.fallbackText}.`;
  if (answer.kind === "page") return showPage(desk, place, answer);
  if (answer.kind !== "card") return answer.text;
  switch (press?.verb) {
    case "showAll":
      if (!(await namesMayShow(desk.ports.conversations, place))) return toYouAlone(answer.plan.number);
      await desk.announcer.showIn(answer.plan, place.id, (plan, view) => planDetails(plan, view, press.page));
      return undefined;
    case "showLess":
      await desk.announcer.showIn(answer.plan, place.id, planCard);
      return undefined;
    default:
      // The plan's cards change by themselves.
      return `${plain(planSummary(answer.plan))}.`;
  }
}

async function showPage(
  desk: Desk,
  place: Place,
  { card, names }: Extract<ClickAnswer, { kind: "page" }>,
): Promise<string | undefined> {
  if (names === "people" && !(await namesMayShow(desk.ports.conversations, place))) return NAMES_ELSEWHERE;
  await desk.messenger.post(place, { kind: "card", card });
  return undefined;
}

function toYouAlone(plan: number): string {
  return `This version of Teams cannot show names to you alone. Press Show all in the Teams desktop or web client, or say \`show ${plan}\` in your own chat with Latchkey and press it there.`;
}
