import { type EndedRoom, endApprovalRoom } from "../../../../core/approval/approval-rooms.js";
import { counted } from "../../../../core/words/amounts.js";
import { refusalWords } from "../../../board/reason-words.js";
import { channelOf, type Place } from "../../../incoming/place.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

/** Makes this an approval room no longer. In a channel it is the channel, whichever thread it is said in. */
export const answerStopApprovals: AnswerTo<"stop-approvals"> = async (context, { place, person }) => {
  const room = { ids: [channelOf(place.id), place.id], kind: place.kind };
  const said = await endApprovalRoom(context.ports, context.rules, person, room);
  if (said.kind === "refusal") {
    return {
      kind: "text",
      text: await refusalWords(context, place, said, "say `stop approvals here` again"),
    };
  }
  return offer(`${whatWas(said, place)} ${whereNow(said, place)}`, "pending", "who can approve");
};

function whatWas({ kind }: EndedRoom, place: Place): string {
  const here = place.kind === "channel" ? "This channel" : "This conversation";
  if (kind === "was-none") return `${here} is no approval room, so there was nothing to stop.`;
  return `${here} is no longer an approval room. Cards that stand here stay, and show what becomes of their plans.`;
}

/** Where what waits is seen now, and how that is changed. */
function whereNow({ roomsLeft }: EndedRoom, { kind }: Place): string {
  const own = kind === "personal" ? "and here, as long as you may approve" : "and in approvers' own chats";
  const asked = `where it is asked for, ${own}`;
  const elsewhere = "To have plans posted in another conversation, an approver says `approvals here` there.";
  if (roomsLeft === 0) {
    return `There is no approval room now: a plan is posted ${asked}; drift is shown where the last plan was asked for. ${elsewhere}`;
  }
  return `A plan is posted in ${counted(roomsLeft, "other approval room")}, ${asked}. ${elsewhere}`;
}
