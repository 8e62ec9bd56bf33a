import { rejectPlan } from "../../../../core/approval/decide.js";
import { unreachable } from "../../../../core/errors.js";
import { isRequester } from "../../../../core/plan/plan.js";
import { refusalWords } from "../../../board/reason-words.js";
import { plainSentences } from "../../../words/card-text.js";
import { planTitle } from "../../../words/plan-words.js";
import type { AnswerTo } from "../answer-to.js";
import { planMeant, whichOf } from "./answer-approve.js";
import { offer } from "./offer.js";

/** An approver says no in words: by the same rules as with the button. It writes nothing, so it takes no sign-in. @throws Fault */
export const answerReject: AnswerTo<"reject"> = async (context, request, { planNumber, reason }) => {
  const { ports, rules } = context;
  const { place, person } = request;
  const found = await planMeant(context, planNumber);
  switch (found.kind) {
    case "none":
      return offer("No plan waits for a decision, so there is nothing to reject.", "pending", "history");
    case "several":
      return whichOf(found.plans, "reject");
    case "refusal":
      return { kind: "text", text: await refusalWords(context, place, found) };
    case "one": {
      const { number } = found.plan;
      const choice = { planNumber: number, person, conversation: place.id };
      const result = await rejectPlan(ports, rules, choice, reason.trim());
      if (result.kind === "refusal") {
        const why = await refusalWords(context, place, result, `say \`reject ${number}\` again`);
        const isOwn = result.code === "not-an-approver" && isRequester(found.plan, person.id);
        if (isOwn) return offer(`${why} It is your own plan, which you can take back.`, `cancel ${number}`);
        const isApplied = result.code === "already-decided" && result.state === "applied";
        return isApplied ? offer(why, `undo ${number}`) : { kind: "text", text: why };
      }
      const because =
        reason.trim() === "" ? "" : ` Your reason stands on its card: ${plainSentences(reason)}.`;
      return {
        kind: "text",
        text: `You rejected plan #${number} (${planTitle(result.plan)}). Nothing was written.${because} Say \`show ${number}\` to see it.`,
      };
    }
    default:
      return unreachable(found);
  }
};
