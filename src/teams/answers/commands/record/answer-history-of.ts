import { historyOf } from "../../../../core/record/history-of.js";
import { findSubject, type SeveralSubjects } from "../../../../core/record/subject.js";
import { namesMayShow } from "../../../board/plan-viewer.js";
import { historyOfCard } from "../../../cards/reports/history-of-card.js";
import type { Message } from "../../../sending/messenger.js";
import { code, plain } from "../../../words/card-text.js";
import type { AnswerTo } from "../answer-to.js";

/** What happened to one thing. Of a person it is said where people may be named, and nowhere else, and recorded. */
export const answerHistoryOf: AnswerTo<"history-of"> = async (
  { ports, rules },
  { place, person },
  { kind: _, ...asked },
) => {
  if (!(await namesMayShow(ports.conversations, place))) {
    const subject = await findSubject(ports, rules, asked);
    if (subject?.kind === "person" || (subject?.kind === "several" && subject.of === "person"))
      return text(
        "What happened to one person is not said where others read along. Ask me in our own chat, or say `history` for the last plans.",
      );
  }
  const found = await historyOf(ports, rules, { by: person, conversation: place.id, ...asked });
  if (found === undefined) {
    return text(
      `Nothing here is called ${plain(asked.typed)}: no profile, group, model or person. Write the name as Entra shows it, and what it is: ${code(`history of group ${asked.typed}`)}; ${code("history")} shows the last plans.`,
    );
  }
  return found.kind === "several"
    ? text(several(found, asked.typed))
    : { kind: "card", card: historyOfCard(found) };
};

function several({ of, named }: SeveralSubjects, typed: string): string {
  const things = of === "group" ? "groups" : "people";
  return [
    `Several ${things} are called ${plain(typed)}. Which one?`,
    ...named.map(({ id, name }) => `- ${plain(name)}: ${code(`history of ${of} ${id}`)}`),
  ].join("\n");
}

const text = (words: string): Message => ({ kind: "text", text: words });
