import { codePoint, visible } from "./visible.js";

/**
 * A name on one line, with nothing in it unseen: two names that differ look different, unless their letters are alike.
 * That goes for blanks too, of which a client shows one where there are several and none at an end.
 */
export function oneLine(text: string): string {
  return withoutMacros(
    visible(text).replace(/^ +| +$|(?<= ) +/g, (blanks) => codePoint(" ").repeat(blanks.length)),
  );
}

/** Sentences on one line, and what else people write over several: there blanks and new lines mean nothing. */
export function sentence(text: string): string {
  return withoutMacros(visible(text.replace(/[\p{Cc}\p{Z}]+/gu, " ").trim()));
}

/** Adaptive Cards replace {{DATE(...)}} and {{TIME(...)}} wherever they stand. */
function withoutMacros(text: string): string {
  return text.replace(/\{(?=\{)/g, "{ ");
}

/** At most so many characters, the last of them an ellipsis where something is left out. */
export function clip(text: string, length: number): string {
  // A character is one unit of a string, or two: most texts need not be taken apart.
  if (text.length <= length) return text;
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}
