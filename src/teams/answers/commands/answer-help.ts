import { helpLines } from "../../../core/command/help.js";
import { readOwnNames } from "../../../core/report/own-examples.js";
import { helpCard } from "../../cards/reports/help-card.js";
import { helpBeginning, helpTopicCard } from "../../cards/reports/help-topics-card.js";
import type { AnswerTo } from "./answer-to.js";

/** Where to begin, one topic, or every command there is. */
export const answerHelp: AnswerTo<"help"> = async ({ ports, rules }, { person }, { topic }) => {
  if (topic === "all") return { kind: "card", card: helpCard(helpLines()) };
  const { names, mayApprove } = await readOwnNames(ports, rules, person);
  if (topic === undefined) return { kind: "card", card: helpBeginning(names, mayApprove) };
  const lines = helpLines().filter((line) => line.topic === topic);
  return { kind: "card", card: helpTopicCard(topic, lines, names) };
};
