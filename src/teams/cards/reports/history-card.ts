import { unreachable } from "../../../core/errors.js";
import type { PlanSummary } from "../../../core/plan/plan.js";
import type { History } from "../../../core/report/history.js";
import { counted, listed } from "../../../core/words/amounts.js";
import { moment, plain } from "../../words/card-text.js";
import { askedWords, planTitle, stateWords } from "../../words/plan-words.js";
import type { AdaptiveCard, CardElement, ShowCardAction } from "../parts/card.js";
import { CARD_LIMIT_BYTES, card, row, smallLine, subtle, text, titleText } from "../parts/card-parts.js";
import { bytesOf } from "../parts/fitted.js";

const WIDTHS = [15, 9];

/** What of a card is not its body. */
const AROUND_BYTES = 1_000;
const APPROVERS_NAMED = 5;

/** The last plans, newest first: title, who asked, what became of it by whom and when; and the end of the record. */
export function historyCard(history: History): AdaptiveCard {
  const { plans, head } = history;
  const body = bodyOf(history);
  if (plans.length <= 1 || bytesOf(body) <= CARD_LIMIT_BYTES - AROUND_BYTES)
    return card({ fallbackText: titleOf(history), body, actions: [endOfRecord(head)] });
  // Long names: fewer plans, the newest of them.
  return historyCard({ ...history, plans: plans.slice(0, Math.floor(plans.length * 0.9)) });
}

function titleOf({ plans }: History): string {
  if (plans.length === 0) return "No plans yet";
  return plans.length === 1 ? "The last plan" : `The last ${counted(plans.length, "plan")}`;
}

/** Folded: a hash and a command of the shell are an auditor's business. */
function endOfRecord({ sequence, hash }: History["head"]): ShowCardAction {
  return {
    type: "Action.ShowCard",
    title: "For an auditor",
    card: {
      type: "AdaptiveCard",
      body: [
        subtle(
          "The end of the record. Keep it outside of Latchkey: with it, `npm run audit -- verify --head` shows whether the record was cut off or replaced since.",
        ),
        text(`${sequence}:${hash}`, { size: "small" }),
      ],
      actions: [],
    },
  };
}

function bodyOf(history: History): readonly CardElement[] {
  const { plans } = history;
  const [newest] = plans;
  return [
    titleText(titleOf(history)),
    ...plans.flatMap(planLines),
    smallLine(
      newest === undefined
        ? ["Next: ", { command: "show policy" }, " or ", { command: "enable passkeys" }, "."]
        : [
            "Next: ",
            { command: `show ${newest.number}` },
            " for a plan's card, ",
            { command: `evidence ${newest.number}` },
            " for everything about it in one file.",
          ],
      { separator: true, spacing: "medium" },
    ),
  ];
}

/** One plan: title and state, who asked, and what became of it by whom and when. */
export function planLines(plan: PlanSummary): readonly CardElement[] {
  const { symbol, words, color } = stateWords(plan);
  const revision = plan.revision === 1 ? "" : ` · revision ${plan.revision}`;
  return [
    row(
      [
        text(`**#${plan.number}** ${planTitle(plan)}`),
        text(`${symbol} ${words}`, { color, horizontalAlignment: "right", size: "small" }),
      ],
      WIDTHS,
      { separator: true, spacing: "default" },
    ),
    subtle(`${askedWords(plan)}${revision}${decidedWords(plan)}`, { spacing: "none" }),
  ];
}

/** " · approved by Grace, 10:42": who decided, and when. */
function decidedWords(plan: PlanSummary): string {
  const { state, createdAt } = plan;
  switch (state.kind) {
    case "waiting":
      return ` · expires ${moment(plan.expiresAt, createdAt)}`;
    case "applying":
    case "applied":
    case "refused":
    case "unknown":
      return ` · approved by ${approvers(plan, state.by.name)}, ${moment(state.at, createdAt)}`;
    case "rejected":
      return ` · rejected by ${plain(state.by.name)}, ${moment(state.at, createdAt)}`;
    case "cancelled":
      return ` · cancelled by ${plain(state.by.name)}, ${moment(state.at, createdAt)}`;
    case "expired":
      return ` · nobody decided in time, ${moment(state.at, createdAt)}`;
    case "superseded":
      return state.by === undefined
        ? ` · closed by itself, ${moment(state.at, createdAt)}`
        : ` · closed by ${plain(state.by.name)}, ${moment(state.at, createdAt)}`;
    default:
      return unreachable(state);
  }
}

/** Every person whose approval it took, also where another one's rights wrote. */
function approvers(plan: PlanSummary, writer: string): string {
  const names = plan.approvals
    .filter(({ revision }) => revision === plan.revision)
    .map(({ by }) => plain(by.name));
  return names.length === 0 ? plain(writer) : listed(names, APPROVERS_NAMED);
}
