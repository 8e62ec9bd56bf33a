import { whyNotApprover } from "../../../core/access/standing.js";
import { refusalWords } from "../../board/reason-words.js";
import { channelPlace } from "../../incoming/place.js";
import type { AnswerTo } from "./answer-to.js";

const DONE =
  "Plans that wait for approval are posted here from now on, with people's names. Say `pending` to see those that wait already.";

/** Makes this an approval room. In a channel it is the channel that becomes one, not the thread. */
export const answerApprovalsHere: AnswerTo<"approvals-here"> = async (context, { place, person }) => {
  const { ports, rules } = context;
  const refusal = await whyNotApprover(ports, rules, person.id);
  if (refusal) {
    return { kind: "text", text: await refusalWords(context, place, refusal, "say `approvals here` again") };
  }
  const room = place.kind === "channel" ? channelPlace(place) : place;
  await ports.conversations.remember(room);
  await ports.conversations.setApprovalRoom(room.id, {
    tenantId: rules.tenantId,
    at: ports.clock.now().toISOString(),
    event: "approval-room-set",
    by: person,
    conversation: room.id,
    detail: { kind: room.kind },
  });
  return { kind: "text", text: DONE };
};
