import type { Refusal } from "../../core/errors.js";
import { putOffNotice } from "../../core/news/put-off-notice.js";
import { noticeCard } from "../cards/reports/notice-card.js";
import type { NoticePress } from "../incoming/read-notice-press.js";
import type { AnswerContext } from "./answer-context.js";
import type { ClickAnswer, ClickIncoming } from "./click-answer.js";

/** Carries out a click on a notice of models. @throws Fault */
export async function answerNoticePress(
  { ports, rules }: AnswerContext,
  { person, place }: ClickIncoming,
  { noticeId, reason }: NoticePress,
): Promise<ClickAnswer | Refusal> {
  const click = { noticeId, person, conversation: place.id };
  const result = await putOffNotice(ports, rules, click, reason);
  return result.kind === "refusal" ? result : { kind: "shared-card", card: noticeCard(result.notice) };
}
