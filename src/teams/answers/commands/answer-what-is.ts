import { toAaguid } from "../../../core/policy/policy.js";
import { whatIs } from "../../../core/report/what-is.js";
import { refusalWords } from "../../board/reason-words.js";
import { modelCard } from "../../cards/reports/model-card.js";
import { code } from "../../words/card-text.js";
import type { AnswerTo } from "./answer-to.js";

/** What is known of a model. */
export const answerWhatIs: AnswerTo<"what-is"> = async (context, { place }, { model }) => {
  const report = await whatIs(context.ports, context.rules, model);
  // Anything can be asked for: where it is no AAGUID, a person may as well mean something that is no model.
  if (report.kind === "refusal" && report.code === "unknown-model" && toAaguid(model) === undefined)
    return { kind: "text", text: notKnown(model) };
  if (report.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, report) };
  return { kind: "card", card: modelCard(report) };
};

function notKnown(asked: string): string {
  return `I know nothing called ${code(asked)}. Say \`keys in use\` for the authenticators people have, \`explain attestation\` or another word for what it means, \`status\` for how things stand, or \`help\`.`;
}
