import { makeDigest } from "../../../../core/news/make-digest.js";
import { turnDigest } from "../../../../core/news/turn-digest.js";
import { refusalWords } from "../../../board/reason-words.js";
import { digestCard } from "../../../cards/reports/digest-card.js";
import { moment, plain } from "../../../words/card-text.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "../deciding/offer.js";

/** The digest as it would be now; nothing is posted elsewhere. */
export const answerDigest: AnswerTo<"digest"> = async ({ ports, rules }) => {
  const today = ports.clock.now().toISOString().slice(0, 10);
  return { kind: "card", card: digestCard(await makeDigest(ports, rules, today)) };
};

/** Turns the weekly card on or off in all approval rooms. */
export const answerTurnDigest: AnswerTo<"turn-digest"> = async (context, { place, person }, { to }) => {
  const { ports, rules } = context;
  const said = await turnDigest(ports, rules, { to, person, conversation: place.id });
  if (said.kind === "refusal") {
    return { kind: "text", text: await refusalWords(context, place, said, `say \`digest ${to}\` again`) };
  }
  const now =
    to === "on"
      ? "The digest is posted once a week in the approval rooms."
      : "The digest is not posted any more, in any approval room.";
  if (said.kind === "turned") {
    return offer(
      `${now} It is on record that you turned it ${to}.`,
      to === "on" ? "digest off" : "digest on",
    );
  }
  const { said: last } = await ports.digests.isOn(rules.tenantId);
  const who = last === undefined ? "" : ` ${plain(last.by.name)} said so at ${moment(last.at)}.`;
  return offer(`${now}${who} Nothing had to be changed.`, "digest");
};
