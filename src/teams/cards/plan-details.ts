import type { Plan } from "../../core/plan/plan.js";
import type { AdaptiveCard, CardElement } from "./card.js";
import { bytesOf, CARD_LIMIT_BYTES, card, heading, subtle, text } from "./card-parts.js";
import { number, plain } from "./card-text.js";
import { type ListPart, listPages } from "./list-pages.js";
import { planBanner } from "./plan-banner.js";
import { planButtons } from "./plan-buttons.js";
import { planHead } from "./plan-card.js";
import { coverageLines } from "./plan-coverage.js";
import { planDiff } from "./plan-diff.js";
import { planLists } from "./plan-lists.js";
import { planNext } from "./plan-next.js";
import type { PlanView } from "./plan-view.js";
import { planSummary } from "./plan-words.js";

const LINES_A_PAGE = 50;
const BYTES_A_PAGE = 12_000;
/** However much the rest of the card takes. */
const BYTES_AT_LEAST = 2_000;
/** For the words that say which page this is, and the buttons that leaf. */
const BYTES_FOR_LEAFING = 1_000;

/**
 * Everything the brief card counts: names, models with their AAGUIDs, what the scan reached. For the person who
 * pressed, and nobody else.
 * @param page counts from 1; the last page for one beyond it
 */
export function planDetails(plan: Plan, view: PlanView, page = 1): AdaptiveCard {
  const named: PlanView = { ...view, names: "shown" };
  // Every page has the room the first one has, so that what stands where does not depend on the page asked for.
  const left =
    CARD_LIMIT_BYTES - bytesOf(draw(plan, named, { page: 1, pages: 1, parts: [] })) - BYTES_FOR_LEAFING;
  const bytes = Math.max(BYTES_AT_LEAST, Math.min(BYTES_A_PAGE, left));
  const pages = listPages(planLists(plan), { lines: LINES_A_PAGE, bytes });
  const at = Math.min(page, pages.length);
  return draw(plan, named, { page: at, pages: pages.length, parts: pages[at - 1] ?? [] });
}

interface Drawn {
  readonly page: number;
  readonly pages: number;
  readonly parts: readonly ListPart[];
}

function draw(plan: Plan, view: PlanView, { page, pages, parts }: Drawn): AdaptiveCard {
  const first = page === 1;
  return card({
    fallbackText: planSummary(plan),
    body: [
      planHead(plan),
      planBanner(plan, view),
      ...(first ? [subtle(`Asked as: ${plain(plan.command)}`), ...planDiff(plan), ...scanLines(plan)] : []),
      ...parts.flatMap(listPart),
      ...(pages > 1 ? [subtle(`Page ${number(page)} of ${number(pages)}`, { spacing: "medium" })] : []),
      planNext(plan, view),
    ],
    actions: planButtons(plan, view, { page, pages }),
  });
}

function scanLines(plan: Plan): readonly CardElement[] {
  return list("What was scanned", coverageLines(plan.proposal.impact.coverage));
}

function listPart({ title, lines }: ListPart): readonly CardElement[] {
  return list(title, lines);
}

/** One block for the whole list: a block for each line would cost more than the line. */
function list(title: string, lines: readonly string[]): readonly CardElement[] {
  return [heading(title), text(lines.join("\n\n"), { spacing: "small", size: "small" })];
}
