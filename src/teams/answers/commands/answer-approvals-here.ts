import { setApprovalRoom } from "../../../core/approval/approval-rooms.js";
import { pendingPlans } from "../../../core/report/report.js";
import { counted, number } from "../../../core/words/amounts.js";
import { driftKey } from "../../board/drift-cards.js";
import { noticeKey } from "../../board/notice-cards.js";
import { planKey } from "../../board/plan-cards.js";
import { refusalWords } from "../../board/reason-words.js";
import { channelPlace } from "../../incoming/place.js";
import type { AnswerContext } from "../answer-context.js";
import type { AnswerTo } from "./answer-to.js";

const DONE = "Plans that wait for approval are posted here from now on, with people's names.";

/** A room is not flooded with what waited before it was one. */
const POSTED_AT_ONCE = 5;

/** Makes this an approval room. In a channel it is the channel that becomes one, not the thread. */
export const answerApprovalsHere: AnswerTo<"approvals-here"> = async (context, { place, person }) => {
  const room = place.kind === "channel" ? channelPlace(place) : place;
  const said = await setApprovalRoom(context.ports, context.rules, person, room);
  if (said.kind === "set") {
    await showNotices(context);
    const waiting = [await showWaiting(context), ...(await showDrift(context))];
    return { kind: "text", text: [DONE, ...waiting].join(" ") };
  }
  return { kind: "text", text: await refusalWords(context, place, said, "say `approvals here` again") };
};

/** What was noticed of models and is still open: it may have been noticed while there was no room. @throws Fault */
async function showNotices({ ports, rules, announcer }: AnswerContext): Promise<void> {
  const open = await ports.modelNotices.open(rules.tenantId, POSTED_AT_ONCE);
  for (const { id } of open) announcer.redraw(noticeKey(rules.tenantId, id));
}

/** Those that wait already get their cards as if they were new: where one has its card, nothing is posted. @throws Fault */
async function showWaiting({ ports, rules, announcer }: AnswerContext): Promise<string> {
  const open = await pendingPlans(ports, rules);
  const waiting = open.filter(({ state }) => state.kind === "waiting").map((plan) => plan.number);
  const newest = waiting.sort((one, other) => other - one).slice(0, POSTED_AT_ONCE);
  for (const planNumber of newest) announcer.redraw(planKey(rules.tenantId, planNumber));
  if (waiting.length === 0) return "None waits now.";
  const wait = `${counted(waiting.length, "plan")} ${waiting.length === 1 ? "waits" : "wait"} already`;
  if (waiting.length === 1) return `${wait}, and has its card here.`;
  if (waiting.length === newest.length) return `${wait}, and each has its card here.`;
  return `${wait}: the newest ${number(newest.length)} have their cards here. Say \`pending\` to see all of them.`;
}

/** A drift that is to be decided stands in every approval room. @throws Fault */
async function showDrift({ ports, rules, announcer }: AnswerContext): Promise<readonly string[]> {
  const drift = await ports.watch.openDrift(rules.tenantId);
  if (drift === undefined) return [];
  announcer.redraw(driftKey(rules.tenantId, drift.number));
  return [`Drift ${drift.number} is open, and has its card here.`];
}
