import { validApprovals } from "../../../core/approval/approval-rules.js";
import type { Instant } from "../../../core/person.js";
import type { PlanSummary } from "../../../core/plan/plan.js";
import { listed } from "../../../core/words/amounts.js";
import { outcomeWords } from "../../../core/words/outcome/outcome-words.js";
import { plain, plainSentences } from "../card-text.js";
import { ago } from "../duration.js";
import { planTitle } from "../plan-words.js";

const PEOPLE_NAMED = 5;

/** A plan in two or three sentences: who asked, who approved, what became of it, and when. Markdown. */
export function planStory(plan: PlanSummary, now: Date): string {
  const asked = `Plan #${plan.number} (${planTitle(plan)}) was asked for by ${plain(plan.requester.name)}, ${since(plan.createdAt, now)}.`;
  return `${asked} ${approvalWords(plan, now)} ${stateStory(plan, now)}`.trimEnd();
}

function approvalWords(plan: PlanSummary, now: Date): string {
  const given = validApprovals(plan);
  const [first] = given;
  if (first === undefined) return plan.state.kind === "waiting" ? "Nobody has approved it yet." : "";
  const who = listed(
    given.map(({ by }) => plain(by.name)),
    PEOPLE_NAMED,
  );
  return `${who} approved it, ${since(given.at(-1)?.at ?? first.at, now)}.`;
}

function stateStory({ state, ...plan }: PlanSummary, now: Date): string {
  switch (state.kind) {
    case "waiting": {
      const missing = plan.approvalsRequired - validApprovals(plan).length;
      const left = Math.max(0, (Date.parse(plan.expiresAt) - now.getTime()) / 60_000);
      return `It waits for ${missing} ${missing === 1 ? "approval" : "approvals"}, and expires in ${Math.ceil(left)} minutes.`;
    }
    case "applying":
      return "It is being applied now.";
    case "rejected": {
      const why = state.reason.trim() === "" ? "" : `, because: ${plainSentences(state.reason)}`;
      return `${plain(state.by.name)} rejected it, ${since(state.at, now)}${why}.`;
    }
    case "cancelled":
      return `${plain(state.by.name)} cancelled it, ${since(state.at, now)}.`;
    default:
      return `It is ${outcomeWords({ ...plan, state }).toLowerCase()}, since ${since(state.at, now)}.`.replace(
        "since just now",
        "just now",
      );
  }
}

function since(at: Instant, now: Date): string {
  return ago((now.getTime() - Date.parse(at)) / 1000);
}
