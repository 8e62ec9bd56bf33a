import { number } from "../../../core/words/amounts.js";
import type { AdaptiveCard, CardElement } from "./card.js";
import { CARD_LIMIT_BYTES, heading, subtle, text } from "./card-parts.js";
import { bytesOf, fitted } from "./fitted.js";
import { type ListPart, listPages, type TitledList } from "./list-pages.js";
import { type Page, pageAt } from "./pager.js";

const LINES_A_PAGE = 50;
const PAGE_BYTES = 12_000;
/** However much the rest of the card takes. */
const LEAST_BYTES = 2_000;
/** For the words that say which page this is, and the buttons that leaf. */
const LEAFING_BYTES = 1_000;
/** What stands above the lists and below them: together less than what leaves no room for lists. */
const ABOVE_BYTES = 12_000;
const BELOW_BYTES = 3_000;

/** One page of Show all. */
export type PageOfLists = Page<readonly ListPart[]>;

/**
 * The card with one page of long lists on it. Every page has the room the first one has, so that what stands where
 * does not depend on the page asked for.
 * @param page counts from 1; the last page for one beyond it
 */
export function withPageOfLists(
  lists: readonly TitledList[],
  page: number,
  draw: (shown: PageOfLists) => AdaptiveCard,
): AdaptiveCard {
  const left = CARD_LIMIT_BYTES - bytesOf(draw({ page: 1, pages: 1, content: [] })) - LEAFING_BYTES;
  const bytes = Math.max(LEAST_BYTES, Math.min(PAGE_BYTES, left));
  const pages = listPages(lists, { lines: LINES_A_PAGE, bytes });
  return draw(pageAt(pages, page, []));
}

/** What is above the lists, the lists, which page this is, and what is below them. */
export function aroundLists(
  above: readonly CardElement[],
  { page, pages, content }: PageOfLists,
  below: readonly CardElement[],
): readonly CardElement[] {
  return [
    ...fitted(above, ABOVE_BYTES),
    ...content.flatMap(({ title, lines }) => titledLines(title, lines)),
    ...(pages > 1 ? [subtle(`Page ${number(page)} of ${number(pages)}`, { spacing: "medium" })] : []),
    ...fitted(below, BELOW_BYTES),
  ];
}

/** One block for the whole list: a block for each line would cost more than the line. */
export function titledLines(title: string, lines: readonly string[]): readonly CardElement[] {
  return [heading(title), text(lines.join("\n\n"), { spacing: "small", size: "small" })];
}
