import { type OnlyModels, onlyModels } from "../../../../core/report/replacing/only-models.js";
import { refusalWords } from "../../../board/reason-words.js";
import type { Offer } from "../../../cards/reports/offer-card.js";
import { onlyModelsText } from "../../../words/choices/only-models-text.js";
import { sayAgain } from "../../../words/choices/say-again.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "../deciding/offer.js";

/** What would stay and what would go, with a button that asks for it: what takes models from people is not guessed. @throws Fault */
export const answerOnlyModels: AnswerTo<"only-models"> = async (context, { place }, { model }) => {
  const found = await onlyModels(context.ports, context.rules, model);
  if (found.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, found) };
  return offer(onlyModelsText(found), ...removing(found));
};

/** By their ids, as several may have one name. */
function removing({ mode, others, profile }: OnlyModels): readonly Offer[] {
  if (mode === "any") return ["enable passkeys with allow list"];
  if (others.length === 0 || profile?.includes('"')) return ["keys in use"];
  const ids = others.map(({ model }) => model.aaguid).join(", ");
  const again = { verb: "remove", ...(profile === undefined ? {} : { profile }) } as const;
  const title = `Remove the other ${others.length === 1 ? "one" : others.length}`;
  return [{ say: sayAgain(again, ids), title }];
}
