import { GUIDE_SAYING, PLATFORMS } from "../../../core/command/guide/platform.js";
import { offerCard } from "../../cards/reports/offer-card.js";
import type { Message } from "../../sending/messenger.js";
import { DOCS_TEXT, lockedOutText, lostText, sendGuideText } from "../../words/guide-words.js";
import type { AnswerContext } from "../answer-context.js";
import type { AnswerTo } from "./answer-to.js";

const GUIDES = PLATFORMS.map((platform) => GUIDE_SAYING[platform]);

/** Words with the guides below them, each a button. */
export function withGuides(words: string): Message {
  return { kind: "card", card: offerCard(words, GUIDES) };
}

type App = Pick<AnswerContext["app"], "securityInfoUrl">;
export const lostAnswer = ({ securityInfoUrl }: App): Message => withGuides(lostText(securityInfoUrl));
export const lockedOutAnswer = ({ securityInfoUrl }: App): Message =>
  withGuides(lockedOutText(securityInfoUrl));

/** A key or a phone is gone. */
export const answerLost: AnswerTo<"lost"> = async ({ app }) => lostAnswer(app);

/** It is there and does not work, or nothing does. */
export const answerLockedOut: AnswerTo<"locked-out"> = async ({ app }) => lockedOutAnswer(app);

/** Latchkey writes to no people of its own accord: it gives what can be forwarded. */
export const answerSendGuide: AnswerTo<"send-guide"> = async ({ app }, _request, { platform }) => ({
  kind: "text",
  text: sendGuideText(platform === undefined ? "guide" : GUIDE_SAYING[platform], app.securityInfoUrl),
});

export const answerDocs: AnswerTo<"docs"> = async () => ({ kind: "text", text: DOCS_TEXT });
