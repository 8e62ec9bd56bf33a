import { giveRolloutEvidence } from "../../../../core/evidence/rollout-evidence.js";
import { rolloutEvidenceCard } from "../../../cards/reports/rollout-evidence-card.js";
import type { Message } from "../../../sending/messenger.js";
import type { AnswerTo } from "../answer-to.js";
import { ownChat } from "../looking/own-chat.js";

const SAY = "say `evidence of the rollout` there.";

/** One file over all plans, in the asker's own chat: it names people, and everyone who has its link can open it. */
export const answerRolloutEvidence: AnswerTo<"evidence-of-rollout"> = async (context, request) => {
  const { place, person } = request;
  const own = await ownChat(context, request);
  if (own === undefined) {
    return text(
      `Evidence names people, so it is given in your own chat with Latchkey only. Open one, and ${SAY}`,
    );
  }
  const given = await giveRolloutEvidence(context.ports, context.rules, { person, conversation: place.id });
  if (given === undefined)
    return text("There is no plan yet, so there is no evidence. Say `enable passkeys` for the first one.");
  const url = `${context.app.publicUrl}/evidence/${given.secret}`;
  const message: Message = { kind: "card", card: rolloutEvidenceCard(given, url) };
  if (own === place) return message;
  try {
    await context.messenger.post(own, message);
  } catch (error) {
    context.log.warn("evidence-not-posted", { error });
    return text(
      `Evidence names people, and your own chat with Latchkey could not be reached. Open it, and ${SAY}`,
    );
  }
  return text(
    "The evidence of the rollout names people, so it is in your own chat with Latchkey. Look there.",
  );
};

const text = (words: string): Message => ({ kind: "text", text: words });
