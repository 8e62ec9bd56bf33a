import { number } from "../../../core/words/amounts.js";
import type { ExecuteAction } from "./card.js";

/** Which page of how many a card is; pages count from 1. */
export interface Leaf {
  readonly page: number;
  readonly pages: number;
}

/** One page, and what is on it. */
export interface Page<Content> extends Leaf {
  readonly content: Content;
}

/** The page asked for; the last one for a page beyond it, and an empty one where there is nothing. */
export function pageAt<Content>(pages: readonly Content[], page: number, empty: Content): Page<Content> {
  const at = Math.max(1, Math.min(page, pages.length));
  return { page: at, pages: Math.max(1, pages.length), content: pages[at - 1] ?? empty };
}

/** As many items on each page, with the number of the first, which counts from 1. */
export function chunksOf<Item>(items: readonly Item[], size: number): readonly Chunk<Item>[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => ({
    first: at * size + 1,
    items: items.slice(at * size, (at + 1) * size),
  }));
}
export interface Chunk<Item> {
  readonly first: number;
  readonly items: readonly Item[];
}

/** "51 to 100 of 5,000". */
export function rangeWords(first: number, length: number, of: number): string {
  return `${number(first)} to ${number(first + length - 1)} of ${number(of)}`;
}

/** The buttons that leaf: none where there is one page only. @param show the button for a page */
export function leafButtons(
  { page, pages }: Leaf,
  show: (title: string, page: number) => ExecuteAction,
): readonly ExecuteAction[] {
  return [
    ...(page > 1 ? [show("Previous page", page - 1)] : []),
    ...(page < pages ? [show("Next page", page + 1)] : []),
  ];
}
