import { GUIDE_SAYING } from "../../../core/command/guide/platform.js";
import { DOCS_TEXT, LOCKED_OUT_TEXT, LOST_TEXT, sendGuideText } from "../../words/guide-words.js";
import type { AnswerTo } from "./answer-to.js";

/** A key or a phone is gone. */
export const answerLost: AnswerTo<"lost"> = async () => ({ kind: "text", text: LOST_TEXT });

/** It is there and does not work, or nothing does. */
export const answerLockedOut: AnswerTo<"locked-out"> = async () => ({ kind: "text", text: LOCKED_OUT_TEXT });

/** Latchkey writes to no people of its own accord: it gives what can be forwarded. */
export const answerSendGuide: AnswerTo<"send-guide"> = async (_context, _request, { platform }) => ({
  kind: "text",
  text: sendGuideText(platform === undefined ? "guide" : GUIDE_SAYING[platform]),
});

export const answerDocs: AnswerTo<"docs"> = async () => ({ kind: "text", text: DOCS_TEXT });
