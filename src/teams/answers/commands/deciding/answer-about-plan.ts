import { summaryOf } from "../../../../core/plan/plan.js";
import { plansAskedBy } from "../../../../core/report/past-plans.js";
import { viewPlan } from "../../../../core/report/report.js";
import { refusalWords } from "../../../board/reason-words.js";
import { approverWords } from "../../../words/decide/approver-words.js";
import { planStory } from "../../../words/decide/plan-story.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

/** Who asked for a plan, who decided, and when. @throws Fault */
export const answerAboutPlan: AnswerTo<"about-plan"> = async (context, { place }, { planNumber }) => {
  const { ports, rules } = context;
  const plan = await viewPlan(ports, rules, planNumber);
  if ("kind" in plan) return { kind: "text", text: await refusalWords(context, place, plan) };
  const story = planStory(summaryOf(plan), ports.clock.now());
  const who = plan.state.kind === "waiting" ? ` ${approverWords(rules)}` : "";
  return offer(`${story}${who}`, `show ${planNumber}`);
};

/** What became of the person's own plans: those that wait, or else the last one. @throws Fault */
export const answerMyPlan: AnswerTo<"my-plan"> = async ({ ports, rules }, { person }) => {
  const now = ports.clock.now();
  const mine = await plansAskedBy(ports, rules, person.id);
  const open = mine.filter(({ state }) => ["waiting", "applying", "unknown"].includes(state.kind));
  const [last] = mine;
  if (last === undefined) {
    return offer(
      "You have asked for no plan here yet. Say `pending` for those of others.",
      "pending",
      "help",
    );
  }
  if (open.length === 0) {
    return offer(`Nothing of yours waits. Your last plan: ${planStory(last, now)}`, `show ${last.number}`);
  }
  const stories = open.slice(0, 3).map((plan) => planStory(plan, now));
  return offer(
    [...stories, approverWords(rules)].join("\n\n"),
    ...open.slice(0, 3).map(({ number }) => `show ${number}`),
  );
};
