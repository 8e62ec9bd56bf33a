import { givePeopleList } from "../../../../core/report/adoption/people-list.js";
import { peopleListCard } from "../../../cards/reports/standing/people-list-card.js";
import type { Message } from "../../../sending/messenger.js";
import type { AnswerTo } from "../answer-to.js";
import { answerRefusedChange } from "../choosing/answer-refused-change.js";
import { groupMeant } from "./group-meant.js";
import { noScanYet } from "./no-scan-yet.js";
import { ownChat } from "./own-chat.js";

/** The list names people and everyone who has its link can open it, so it goes into the asker's own chat. */
export const answerPeopleList: AnswerTo<"people-list"> = async (context, request, command) => {
  const { place, person, text: said } = request;
  const own = await ownChat(context, request);
  if (own === undefined) {
    return text(
      "The list names people, so it is given in your own chat with Latchkey only. Open one, and ask there.",
    );
  }
  const typed = groupMeant(command);
  const given = await givePeopleList(context.ports, context.rules, {
    person,
    conversation: place.id,
    ...(typed === undefined ? {} : { typed }),
  });
  if (given.kind === "no-scan") return noScanYet(request);
  if (given.kind === "refusal") return answerRefusedChange(context, request, given);
  const message: Message = {
    kind: "card",
    card: peopleListCard(given, { url: `${context.app.publicUrl}/people/${given.secret}`, said }),
  };
  if (own === place) return message;
  try {
    await context.messenger.post(own, message);
  } catch (error) {
    context.log.warn("people-list-not-posted", { error });
    return text(
      "The list names people, and your own chat with Latchkey could not be reached. Open it, and ask there.",
    );
  }
  return text("The list names people, so it is in your own chat with Latchkey. Look there.");
};

const text = (words: string): Message => ({ kind: "text", text: words });
