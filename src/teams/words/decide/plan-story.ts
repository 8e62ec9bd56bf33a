import { validApprovals } from "../../../core/approval/approval-rules.js";
import type { Instant } from "../../../core/person.js";
import type { PlanSummary } from "../../../core/plan/plan.js";
import { listed } from "../../../core/words/amounts.js";
import { outcomeWords } from "../../../core/words/outcome/outcome-words.js";
import { plain, plainSentences } from "../card-text.js";
import { ago } from "../duration.js";
import { planTitle } from "../plan-words.js";

const PEOPLE_NAMED = 5;

/** A plan in three or four sentences: who asked, who approved, what became of it, and when. Markdown. */
export function planStory(plan: PlanSummary, now: Date): string {
  const when = timesOnce(now);
  const asked = `Plan #${plan.number}: ${planTitle(plan)}. ${plain(plan.requester.name)} asked for it${when(plan.createdAt)}.`;
  return [asked, approvalWords(plan, when), stateStory(plan, now, when)].filter(Boolean).join(" ");
}

/** ", 12 minutes ago"; nothing where the sentence before said the same. */
type When = (at: Instant, before?: string) => string;

function timesOnce(now: Date): When {
  let said = "";
  return (at, before = "") => {
    const words = ago((now.getTime() - Date.parse(at)) / 1000);
    if (words === said) return "";
    said = words;
    return words === "just now" ? `, ${words}` : `, ${before}${words}`;
  };
}

function approvalWords(plan: PlanSummary, when: When): string {
  const given = validApprovals(plan);
  const [first] = given;
  if (first === undefined) return plan.state.kind === "waiting" ? "Nobody has approved it yet." : "";
  const who = listed(
    given.map(({ by }) => plain(by.name)),
    PEOPLE_NAMED,
  );
  return `${who} approved it${when(given.at(-1)?.at ?? first.at)}.`;
}

function stateStory({ state, ...plan }: PlanSummary, now: Date, when: When): string {
  switch (state.kind) {
    case "waiting": {
      const missing = plan.approvalsRequired - validApprovals(plan).length;
      const left = Math.max(0, (Date.parse(plan.expiresAt) - now.getTime()) / 60_000);
      return `It waits for ${missing} ${missing === 1 ? "approval" : "approvals"}, and expires in ${Math.ceil(left)} minutes.`;
    }
    case "applying":
      return state.putOff === undefined
        ? "It is being applied now."
        : "Microsoft Graph has Latchkey wait with it; it is sent by itself then.";
    case "rejected": {
      const why = state.reason.trim() === "" ? "" : `, because: ${plainSentences(state.reason)}`;
      return `${plain(state.by.name)} rejected it${when(state.at)}${why}.`;
    }
    case "cancelled":
      return `${plain(state.by.name)} cancelled it${when(state.at)}.`;
    default:
      return `It is ${outcomeWords({ ...plan, state }).toLowerCase()}${when(state.at, "since ")}.`;
  }
}
