import { setApprovalRoom } from "../../../core/approval/approval-rooms.js";
import { counted, number } from "../../../core/words/amounts.js";
import { driftKey } from "../../board/drift-cards.js";
import { noticeKey } from "../../board/notice-cards.js";
import { refusalWords } from "../../board/reason-words.js";
import { channelPlace } from "../../incoming/place.js";
import type { AnswerContext } from "../answer-context.js";
import { showWaiting, type Waiting } from "../show-waiting.js";
import type { AnswerTo } from "./answer-to.js";

const DONE = "Plans that wait for approval are posted here from now on, with people's names.";

/** A room is not flooded with what was noticed before it was one. */
const NOTICES_AT_ONCE = 5;

/** Makes this an approval room. In a channel it is the channel that becomes one, not the thread. */
export const answerApprovalsHere: AnswerTo<"approvals-here"> = async (context, { place, person }) => {
  const room = place.kind === "channel" ? channelPlace(place) : place;
  const said = await setApprovalRoom(context.ports, context.rules, person, room);
  if (said.kind === "set") {
    await showNotices(context);
    const waiting = waitingWords(await showWaiting(context));
    return { kind: "text", text: [DONE, waiting, ...(await showDrift(context))].join(" ") };
  }
  return { kind: "text", text: await refusalWords(context, place, said, "say `approvals here` again") };
};

/** What was noticed of models and is still open: it may have been noticed while there was no room. @throws Fault */
async function showNotices({ ports, rules, announcer }: AnswerContext): Promise<void> {
  const open = await ports.modelNotices.open(rules.tenantId, NOTICES_AT_ONCE);
  for (const { id } of open) announcer.redraw(noticeKey(rules.tenantId, id));
}

function waitingWords({ waiting, shown }: Waiting): string {
  if (waiting === 0) return "None waits now.";
  const wait = `${counted(waiting, "plan")} ${waiting === 1 ? "waits" : "wait"} already`;
  if (waiting === 1) return `${wait}, and has its card here.`;
  if (waiting === shown) return `${wait}, and each has its card here.`;
  return `${wait}: the newest ${number(shown)} have their cards here. Say \`pending\` to see all of them.`;
}

/** A drift that is to be decided stands in every approval room. @throws Fault */
async function showDrift({ ports, rules, announcer }: AnswerContext): Promise<readonly string[]> {
  const drift = await ports.watch.openDrift(rules.tenantId);
  if (drift === undefined) return [];
  announcer.redraw(driftKey(rules.tenantId, drift.number));
  return [`Drift ${drift.number} is open, and has its card here.`];
}
