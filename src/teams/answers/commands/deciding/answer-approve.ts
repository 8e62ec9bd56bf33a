import { unreachable } from "../../../../core/errors.js";
import { refuseClosed } from "../../../../core/plan/open-plan.js";
import type { Plan } from "../../../../core/plan/plan.js";
import { pendingPlans, viewPlan } from "../../../../core/report/report.js";
import { refusalWords } from "../../../board/reason-words.js";
import { pendingCard } from "../../../cards/reports/pending-card.js";
import type { Answer } from "../../answer.js";
import type { AnswerContext } from "../../answer-context.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

const NONE =
  "No plan waits for approval, so there is nothing to say yes to. A message could not approve one either: only the button on a plan's card carries a sign-in.";

/** A message carries no sign-in, so it approves nothing: the plan's card comes, whose button does. @throws Fault */
export const answerApprove: AnswerTo<"approve"> = async (context, { place }, { planNumber }) => {
  const { ports, rules } = context;
  const found = await planMeant(context, planNumber);
  switch (found.kind) {
    case "none":
      return offer(NONE, "pending", "history");
    case "several": {
      const drift = await ports.watch.openDrift(rules.tenantId);
      return { kind: "card", card: pendingCard(found.plans, drift) };
    }
    case "refusal":
      return { kind: "text", text: await refusalWords(context, place, found) };
    case "one": {
      const { plan } = found;
      const closed = refuseClosed(plan, ports.clock.now());
      if (closed) return { kind: "text", text: await refusalWords(context, place, closed) };
      return {
        kind: "live-card",
        post: async (into) => {
          await context.announcer.showPlan(plan, place.id, { into });
          await context.messenger.post(place, { kind: "text", text: useTheButton(plan) });
        },
      };
    }
    default:
      return unreachable(found);
  }
};

function useTheButton({ number }: Plan): string {
  return `A message cannot approve plan #${number}: only the button carries your sign-in. Read its card, and press Approve there.`;
}

/** The plan with this number, or the one that waits. */
export async function planMeant(
  { ports, rules }: Pick<AnswerContext, "ports" | "rules">,
  planNumber: number | undefined,
) {
  if (planNumber !== undefined) {
    const plan = await viewPlan(ports, rules, planNumber);
    return "kind" in plan ? plan : ({ kind: "one", plan } as const);
  }
  const waiting = (await pendingPlans(ports, rules)).filter(({ state }) => state.kind === "waiting");
  const [plan, ...more] = waiting;
  if (plan === undefined) return { kind: "none" } as const;
  return more.length === 0
    ? ({ kind: "one", plan } as const)
    : ({ kind: "several", plans: waiting } as const);
}

/** @returns which plan is meant, where several wait */
export function whichOf(plans: readonly Plan[], verb: string): Answer {
  const offers = plans.slice(0, 3).map(({ number }) => `${verb} ${number}`);
  return offer(
    `${plans.length} plans wait. Say which one, with its number; \`pending\` lists them.`,
    ...offers,
  );
}
