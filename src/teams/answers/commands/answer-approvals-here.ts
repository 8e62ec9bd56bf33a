import { setApprovalRoom } from "../../../core/approval/approval-rooms.js";
import { refusalWords } from "../../board/reason-words.js";
import { channelPlace } from "../../incoming/place.js";
import type { AnswerTo } from "./answer-to.js";

const DONE =
  "Plans that wait for approval are posted here from now on, with people's names. Say `pending` to see those that wait already.";

/** Makes this an approval room. In a channel it is the channel that becomes one, not the thread. */
export const answerApprovalsHere: AnswerTo<"approvals-here"> = async (context, { place, person }) => {
  const room = place.kind === "channel" ? channelPlace(place) : place;
  const said = await setApprovalRoom(context.ports, context.rules, person, room);
  if (said.kind === "set") return { kind: "text", text: DONE };
  return { kind: "text", text: await refusalWords(context, place, said, "say `approvals here` again") };
};
