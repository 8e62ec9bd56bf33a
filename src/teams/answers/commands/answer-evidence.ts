import { giveEvidence } from "../../../core/evidence/evidence.js";
import { refusalWords } from "../../board/reason-words.js";
import { evidenceCard } from "../../cards/reports/evidence-card.js";
import type { Message } from "../../sending/messenger.js";
import type { AnswerTo } from "./answer-to.js";
import { ownChat } from "./looking/own-chat.js";

/**
 * Evidence names people and everyone who has its link can open it, so it goes into the asker's own
 * chat, wherever it was asked for.
 */
export const answerEvidence: AnswerTo<"evidence"> = async (context, request, { planNumber }) => {
  const { place, person } = request;
  const own = await ownChat(context, request);
  if (own === undefined) {
    return text(
      `Evidence names people, so it is given in your own chat with Latchkey only. Open one, and say \`evidence ${planNumber}\` there.`,
    );
  }
  const given = await giveEvidence(context.ports, context.rules, {
    planNumber,
    person,
    conversation: place.id,
  });
  if (given.kind === "refusal") return text(await refusalWords(context, place, given));
  const url = `${context.app.publicUrl}/evidence/${given.secret}`;
  const message: Message = { kind: "card", card: evidenceCard(given, url) };
  if (own === place) return message;
  try {
    await context.messenger.post(own, message);
  } catch (error) {
    context.log.warn("evidence-not-posted", { plan: planNumber, error });
    return text(
      `Evidence names people, and your own chat with Latchkey could not be reached. Open it, and say \`evidence ${planNumber}\` there.`,
    );
  }
  return text(
    `The evidence for plan #${planNumber} names people, so it is in your own chat with Latchkey. Look there.`,
  );
};

const text = (words: string): Message => ({ kind: "text", text: words });
