import { lookAtPerson } from "../../../../core/report/standing/person/look-at-person.js";
import { namesMayShow } from "../../../board/plan-viewer.js";
import { personCard } from "../../../cards/reports/standing/person/person-card.js";
import { code, plain } from "../../../words/card-text.js";
import type { AnswerTo } from "../answer-to.js";

/** What a person registered is said where people may be named, and nowhere else, and recorded: one person cannot be counted. */
export const answerPerson: AnswerTo<"person"> = async ({ ports, rules }, { place, person }, command) => {
  if (!(await namesMayShow(ports.conversations, place))) {
    return {
      kind: "text",
      text: "What one person registered is not said where others read along. Ask me in our own chat, or say `keys in use` for the numbers.",
    };
  }
  const typed = "self" in command ? undefined : command.person;
  const report = await lookAtPerson(ports, rules, {
    by: person,
    conversation: place.id,
    ...(typed === undefined ? {} : { typed }),
  });
  switch (report.kind) {
    case "person":
      return { kind: "card", card: personCard(report) };
    case "none":
      return {
        kind: "text",
        text: `There is no person called ${plain(typed ?? person.name)}. Write the name as Entra shows it, or the sign-in name; ${code("keys in use")} shows what people have.`,
      };
    case "several":
      return {
        kind: "text",
        text: [
          `Several people are called ${plain(typed ?? person.name)}. Which one?`,
          ...report.people.map(({ id, name }) => `- ${plain(name)}: ${code(`show ${id}`)}`),
        ].join("\n"),
      };
  }
};
