import type { CardKey } from "../../core/stores.js";
import { driftKey } from "../board/drift-cards.js";
import { noticeKey } from "../board/notice-cards.js";
import { planKey } from "../board/plan-cards.js";
import { scanKey } from "../board/scan-cards.js";
import type { Press } from "../incoming/read-press.js";
import type { AnswerContext } from "./answer-context.js";
import { type ClickAnswer, type ClickIncoming, isLook } from "./click-answer.js";

/**
 * Carries out a press, and tells the board on which message it was: a copy nothing is known of is kept up to date from
 * then on, and one that shows something old is redrawn afterwards. What the press does and says is the same either way.
 */
export async function onItsCard(
  { announcer, rules }: AnswerContext,
  { place, message }: ClickIncoming,
  press: Press,
  carryOut: () => Promise<ClickAnswer>,
): Promise<ClickAnswer> {
  const card = cardOf(press, rules.tenantId);
  if (card === undefined || message === undefined) return carryOut();
  const mayBeOld = await announcer.sees(card, place.id, message);
  const answer = await carryOut();
  // A client that signs the person in comes back with the same press; a page is for the person who pressed alone.
  const isOnItsWay = answer.kind === "sign-in" || answer.kind === "sign-in-in-browser" || isLook(press);
  if (mayBeOld && !isOnItsWay) announcer.redraw(card);
  return answer;
}

/** The card the button belongs to; undefined for one of a report, which is not kept up to date. */
function cardOf(press: Press, tenantId: CardKey["tenantId"]): CardKey | undefined {
  if ("driftNumber" in press) return driftKey(tenantId, press.driftNumber);
  if ("noticeId" in press) return noticeKey(tenantId, press.noticeId);
  if ("planNumber" in press) return planKey(tenantId, press.planNumber);
  return press.verb === "cancelScan" ? scanKey({ tenantId, scanId: press.scanId }) : undefined;
}
