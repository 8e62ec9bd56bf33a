import { namesMayShow } from "../board/plan-viewer.js";
import { failureWords } from "../board/reason-words.js";
import type { AdaptiveCard } from "../cards/parts/card.js";
import { planDetails } from "../cards/plan/plan-details.js";
import type { Place } from "../incoming/place.js";
import type { Press } from "../incoming/read-press.js";
import { code, plain } from "../words/card-text.js";
import { planSummary } from "../words/plan-words.js";
import { signInByLink } from "../words/sign-in-failure-text.js";
import { answerClick } from "./answer-click.js";
import type { AnswerContext } from "./answer-context.js";
import type { ClickIncoming } from "./click-answer.js";

const NO_SIGN_IN = "This version of Teams cannot send your sign-in with the button.";

/**
 * A client without Action.Execute pressed a button. That is a message: no sign-in comes with it, so it cannot
 * approve, and everybody in the conversation reads the answer.
 */
export async function answerSubmit(context: AnswerContext, incoming: ClickIncoming): Promise<void> {
  const text = await wordsFor(context, incoming).catch((error: unknown) =>
    failureWords(context, "submit", error),
  );
  if (text !== undefined) await context.messenger.post(incoming.place, { kind: "text", text });
}

/** What to say; undefined when a card was posted. A plan's card is kept up to date like any other. */
async function wordsFor(context: AnswerContext, incoming: ClickIncoming): Promise<string | undefined> {
  const { place, press } = incoming;
  const answer = await answerClick(context, incoming);
  if (answer.kind === "sign-in" || answer.kind === "sign-in-in-browser")
    return `${NO_SIGN_IN} ${signInElsewhere(context, incoming, answer.link)}`;
  if (answer.kind === "shared-card") {
    if (press?.verb === "showDriftLess") return showCard(context, place, answer.card);
    // Such cards change by themselves.
    return `${answer.card.fallbackText}.`;
  }
  if (answer.kind === "page") {
    const mayShow = answer.names === "none" || (await namesMayShow(context.ports.conversations, place));
    return mayShow ? showCard(context, place, answer.card) : toYouAlone(...namesButton(press));
  }
  if (answer.kind !== "card") return answer.text;
  switch (press?.verb) {
    case "showAll":
      if (!(await namesMayShow(context.ports.conversations, place)))
        return toYouAlone("Show all", `show ${answer.plan.number}`);
      await context.announcer.showPlan(answer.plan, place.id, {
        draw: (plan, view) => planDetails(plan, view, press.page),
      });
      return undefined;
    case "showLess":
      await context.announcer.showPlan(answer.plan, place.id);
      return undefined;
    default:
      // The plan's cards change by themselves.
      return `${plain(planSummary(answer.plan))}.`;
  }
}

/** A link that signs a person in stands in no conversation of several. */
function signInElsewhere(
  { app }: Pick<AnswerContext, "app">,
  { place, press }: ClickIncoming,
  link: string | undefined,
): string {
  if (press === undefined || !("planNumber" in press))
    return "Open the card in the Teams desktop or web client and press the button there.";
  const { planNumber } = press;
  return place.kind === "personal" && link !== undefined
    ? signInByLink(planNumber, `${app.publicUrl}/sign-in/${link}`)
    : `Open the card in the Teams desktop or web client and press Approve there; or say ${code(`show ${planNumber}`)} in your own chat with Latchkey, and press it there for a link to sign in.`;
}

async function showCard(context: AnswerContext, place: Place, card: AdaptiveCard): Promise<undefined> {
  await context.messenger.post(place, { kind: "card", card });
}

/** What the button is called, and what to say to get the card it is on. */
function namesButton(press: Press | undefined): readonly [title: string, command: string] {
  if (press !== undefined && "driftNumber" in press) return ["Show all", `drift ${press.driftNumber}`];
  if (press?.verb === "withoutPasskey") return ["Show names", "who has no passkey"];
  return ["Show names", press?.verb === "whoUses" ? `who uses ${press.model}` : "keys in use"];
}

function toYouAlone(title: string, command: string): string {
  return `This version of Teams cannot show names to you alone. Press ${title} in the Teams desktop or web client, or say ${code(command)} in your own chat with Latchkey and press ${title} there.`;
}
