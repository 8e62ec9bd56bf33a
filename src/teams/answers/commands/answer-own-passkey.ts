import { GUIDE_SAYING, PLATFORMS } from "../../../core/command/guide/platform.js";
import { offerCard } from "../../cards/reports/offer-card.js";
import type { Message } from "../../sending/messenger.js";
import { DOCS_TEXT, LOCKED_OUT_TEXT, LOST_TEXT, sendGuideText } from "../../words/guide-words.js";
import type { AnswerTo } from "./answer-to.js";

const GUIDES = PLATFORMS.map((platform) => GUIDE_SAYING[platform]);

/** Words with the guides below them, each a button. */
export function withGuides(words: string): Message {
  return { kind: "card", card: offerCard(words, GUIDES) };
}

export const lostAnswer = (): Message => withGuides(LOST_TEXT);
export const lockedOutAnswer = (): Message => withGuides(LOCKED_OUT_TEXT);

/** A key or a phone is gone. */
export const answerLost: AnswerTo<"lost"> = async () => lostAnswer();

/** It is there and does not work, or nothing does. */
export const answerLockedOut: AnswerTo<"locked-out"> = async () => lockedOutAnswer();

/** Latchkey writes to no people of its own accord: it gives what can be forwarded. */
export const answerSendGuide: AnswerTo<"send-guide"> = async (_context, _request, { platform }) => ({
  kind: "text",
  text: sendGuideText(platform === undefined ? "guide" : GUIDE_SAYING[platform]),
});

export const answerDocs: AnswerTo<"docs"> = async () => ({ kind: "text", text: DOCS_TEXT });
