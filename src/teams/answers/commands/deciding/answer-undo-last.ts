import { lastApplied } from "../../../../core/report/past-plans.js";
import { planStory } from "../../../words/decide/plan-story.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

/** Names the plan that was applied last, and offers to take that back: which one "last" means is not guessed. @throws Fault */
export const answerUndoLast: AnswerTo<"undo-last"> = async ({ ports, rules }) => {
  const plan = await lastApplied(ports, rules);
  if (plan === undefined) return offer("No plan was applied yet, so there is nothing to undo.", "history");
  const { number } = plan;
  return offer(
    `The last plan that was applied is #${number}. ${planStory(plan, ports.clock.now())} Say \`undo ${number}\` to propose to take it back.`,
    `undo ${number}`,
  );
};
