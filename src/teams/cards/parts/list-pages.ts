import { number } from "../../../core/words/amounts.js";
import { bytesOf } from "./fitted.js";
import { rangeWords } from "./pager.js";

/** A titled list of lines, of any length. */
export interface TitledList {
  readonly title: string;
  /** How many there are, where that is more than there are lines. */
  readonly count?: number;
  readonly lines: readonly string[];
}
/** As much of a list as stands on one page. */
export interface ListPart {
  readonly title: string;
  readonly lines: readonly string[];
}

/** How much goes on one page: whichever is reached first. A page holds one line at least. */
interface PageSize {
  readonly lines: number;
  readonly bytes: number;
}

/** What JSON and the blank line between two lines cost besides the words. */
const BYTES_A_LINE = 4;
const BYTES_A_TITLE = 300;

/** The lists one after the other, over as many pages as it takes: no line is left out or cut. */
export function listPages(lists: readonly TitledList[], size: PageSize): readonly (readonly ListPart[])[] {
  const pages: ListPart[][] = [[]];
  let room = size;
  for (const list of lists) {
    let from = 0;
    while (from < list.lines.length) {
      const lines = fitting(list.lines, from, { ...room, bytes: room.bytes - BYTES_A_TITLE });
      if (lines.length === 0 && pages.at(-1)?.length !== 0) {
        pages.push([]);
        room = size;
        continue;
      }
      // Nothing is on the page yet: a line that is larger than a page stands there alone.
      const part = lines.length > 0 ? lines : list.lines.slice(from, from + 1);
      pages.at(-1)?.push({ title: partTitle(list, from, part.length), lines: part });
      from += part.length;
      room = { lines: room.lines - part.length, bytes: room.bytes - BYTES_A_TITLE - bytesOfLines(part) };
    }
  }
  return pages;
}

function fitting(lines: readonly string[], from: number, room: PageSize): readonly string[] {
  let bytes = 0;
  let end = from;
  for (; end < lines.length && end - from < room.lines; end += 1) {
    bytes += bytesOf(lines[end]) + BYTES_A_LINE;
    if (bytes > room.bytes) break;
  }
  return lines.slice(from, end);
}

function bytesOfLines(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + bytesOf(line) + BYTES_A_LINE, 0);
}

/** "Lose passkey sign-in (3)", "Lose passkey sign-in (51 to 100 of 5,000)". */
function partTitle({ title, lines, count = lines.length }: TitledList, from: number, length: number): string {
  if (length === count) return `${title} (${number(count)})`;
  return `${title} (${rangeWords(from + 1, length, count)})`;
}
