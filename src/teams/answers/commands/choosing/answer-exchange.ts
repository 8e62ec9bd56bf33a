import { findExchange } from "../../../../core/report/replacing/exchange.js";
import { refusalWords } from "../../../board/reason-words.js";
import { code, plain } from "../../../words/card-text.js";
import { typedGroup } from "../../../words/choices/typed-group.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "../deciding/offer.js";

/** Two changes, or one that takes from more people than were named: each is offered, and none is made. @throws Fault */
export const answerExchange: AnswerTo<"exchange"> = async (context, { place }, command) => {
  const found = await findExchange(context.ports, context.rules, command);
  if (found.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, found) };
  if (found.kind === "models") {
    const [allow, remove] = [`allow ${found.to}`, `remove ${found.from}`];
    return offer(
      `That is two changes, each with its own plan, so that people are not cut off in between. First ${code(allow)}; when people have the new one, ${code(remove)}, whose card says who loses sign-in.`,
      allow,
      remove,
    );
  }
  const [from, to] = [typedGroup(found.from), typedGroup(found.to)];
  const [only, add, remove] = [
    `enable passkeys only for group ${to}`,
    `add group ${to}`,
    `remove group ${from}`,
  ];
  return offer(
    `There are two ways. ${code(only)} puts ${plain(found.to.name)} in the place of everybody who has passkeys today, and its card says who loses them. ${code(add)} gives them to ${plain(found.to.name)} in addition; ${code(remove)} then takes them from ${plain(found.from.name)}. Nothing was proposed yet; say one of them.`,
    only,
    add,
    remove,
  );
};
