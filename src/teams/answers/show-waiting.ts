import { whyNotApprover } from "../../core/access/standing.js";
import { pendingPlans } from "../../core/report/report.js";
import { planKey } from "../board/plan-cards.js";
import type { Place } from "../incoming/place.js";
import type { AnswerContext } from "./answer-context.js";

/** A place is not flooded with what waited before plans came there. */
const POSTED_AT_ONCE = 5;

type ShowContext = Pick<AnswerContext, "ports" | "rules" | "announcer">;

export interface Waiting {
  readonly waiting: number;
  /** Those that get their cards now, the newest. */
  readonly shown: number;
}

/**
 * The places changed in which plans may be approved: those that wait get their cards in a new one as if they were new, and
 * say whom they reach now. Where one has its card, nothing is posted. @throws Fault
 */
export async function showWaiting({ ports, rules, announcer }: ShowContext): Promise<Waiting> {
  const open = await pendingPlans(ports, rules);
  const waiting = open.filter(({ state }) => state.kind === "waiting").map((plan) => plan.number);
  const newest = waiting.sort((one, other) => other - one).slice(0, POSTED_AT_ONCE);
  for (const planNumber of newest) announcer.redraw(planKey(rules.tenantId, planNumber));
  return { waiting: waiting.length, shown: newest.length };
}

/** The same for a person's own chat, if the person may approve: others' come and go without a card. @throws Fault */
export async function showToApprover(context: ShowContext, { person }: Pick<Place, "person">): Promise<void> {
  if (person === undefined) return;
  if ((await whyNotApprover(context.ports, context.rules, person.id)) !== undefined) return;
  await context.announcer.approverFound(person.id);
  await showWaiting(context);
}
