import { scanBehind } from "../../../../core/plan/open-plan.js";
import { whatIf } from "../../../../core/report/what-if.js";
import { namesMayShow } from "../../../board/plan-viewer.js";
import { refusalWords } from "../../../board/reason-words.js";
import { whatIfCard } from "../../../cards/plan/what-if-card.js";
import type { AnswerTo } from "../answer-to.js";
import { noScanYet } from "../looking/no-scan-yet.js";

/** What a change would do, drawn as its plan would be. Nothing is proposed. @throws Fault */
export const answerWhatIf: AnswerTo<"what-if"> = async (context, request, { change, said }) => {
  const { ports, rules } = context;
  const { place, person } = request;
  const draft = await whatIf(ports, rules, { change, said, person, conversation: place.id });
  if ("kind" in draft) {
    if (draft.kind === "no-scan") return noScanYet(request);
    const why = await refusalWords(context, place, draft);
    const saysSo = /nothing was proposed/i.test(why);
    return { kind: "text", text: saysSo ? why : `Nothing was proposed. ${why}` };
  }
  const names = (await namesMayShow(ports.conversations, place)) ? "shown" : "counted";
  const scan = scanBehind(draft, rules, ports.clock.now());
  return { kind: "card", card: whatIfCard(draft, { names, scan, onlyAnswers: true }) };
};
