import type { CardElement } from "./card.js";
import { subtle, text } from "./card-parts.js";
import { chunksOf, pageAt, rangeWords } from "./pager.js";
import { nameOf } from "./people.js";

type Named = Parameters<typeof nameOf>[0];
const NAMES_A_PAGE = 50;

/** Names, so many a page, and which of them these are where there is more than one page. @param page counts from 1 */
export function namesPage<Person extends Named>(all: readonly Person[], page: number) {
  const leaf = pageAt(chunksOf(all, NAMES_A_PAGE), page, { first: 1, items: [] });
  const { first, items: shown } = leaf.content;
  const lines: readonly CardElement[] = [
    ...(shown.length === 0 ? [] : [text(shown.map(nameOf).join(" · "), { size: "small" })]),
    ...(leaf.pages === 1 ? [] : [subtle(`People ${rangeWords(first, shown.length, all.length)}`)]),
  ];
  return { leaf, lines };
}
