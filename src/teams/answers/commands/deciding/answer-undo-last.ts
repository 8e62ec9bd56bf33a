import { canBeTakenBack } from "../../../../core/policy/intent.js";
import { lastApplied, mayBeCalled, peopleBehind } from "../../../../core/report/past-plans.js";
import { plain } from "../../../words/card-text.js";
import { planStory } from "../../../words/decide/plan-story.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

/**
 * Names the plan that was applied last, or the last in which a certain person had a part, and offers to take that back:
 * which one is meant is not guessed. @throws Fault
 */
export const answerUndoLast: AnswerTo<"undo-last"> = async (
  { ports, rules },
  { person: asking },
  command,
) => {
  const typed = "person" in command ? command.person : undefined;
  const isMine = "isMine" in command;
  const plan = await lastApplied(ports, rules, (each) => {
    if (isMine) return peopleBehind(each).some(({ id }) => id === asking.id);
    return typed === undefined || peopleBehind(each).some((person) => mayBeCalled(person, typed));
  });
  const certain = isMine ? "you" : typed === undefined ? undefined : plain(typed);
  if (plan === undefined && certain === undefined)
    return offer("No plan was applied yet, so there is nothing to undo.", "history");
  if (plan === undefined) {
    const none = `No plan that ${certain} asked for or approved was applied, so there is none to undo.`;
    return offer(none, "history", "undo last");
  }
  const { number } = plan;
  const which = certain === undefined ? "that was applied" : `that ${certain} asked for or approved`;
  if (!canBeTakenBack(plan.intent)) {
    const story = planStory(plan, ports.clock.now());
    return offer(
      `The last plan ${which} is #${number}. ${story} It cannot be taken back: it brought passkey profiles into use, and Microsoft offers no way back from them. Say \`undo\` with the number of an earlier one, by \`history\`.`,
      "history",
      "profiles",
    );
  }
  return offer(
    `The last plan ${which} is #${number}. ${planStory(plan, ports.clock.now())} Say \`undo ${number}\` to propose to take it back.`,
    `undo ${number}`,
  );
};
