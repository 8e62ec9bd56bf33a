import { endStages, writeStages } from "../../../../core/plan/stages/write-stages.js";
import { readStatus } from "../../../../core/report/standing/status.js";
import { stagesCard } from "../../../cards/reports/rollout/stages-card.js";
import type { AnswerTo } from "../answer-to.js";
import { answerRefusedChange } from "../choosing/answer-refused-change.js";

/** Writes the stages down, and shows how they stand: nothing is proposed by it. */
export const answerWriteStages: AnswerTo<"write-stages"> = async (context, request, { stages }) => {
  const { ports, rules } = context;
  const { person: by, place } = request;
  const written = await writeStages(ports, rules, { stages, by, conversation: place.id });
  if ("kind" in written) return answerRefusedChange(context, request, written);
  return { kind: "card", card: stagesCard(await readStatus(ports, rules)) };
};

/** Forgets them. Who has passkeys keeps them. */
export const answerEndStages: AnswerTo<"end-stages"> = async ({ ports, rules }, { person: by, place }) => {
  const ended = await endStages(ports, rules, { by, conversation: place.id });
  const text = ended
    ? "The stages are forgotten. People who have passkeys keep them; say `rollout Pilot, IT, everyone` to write others down."
    : "No stages are written down. Say `rollout Pilot, IT, everyone` to write them down.";
  return { kind: "text", text };
};
