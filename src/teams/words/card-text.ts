import type { Instant } from "../../core/person.js";

/** Long enough for any name. */
const LONGEST = 160;
/** For sentences somebody else wrote: a reason, Graph's explanation. */
export const SENTENCES = 500;

/**
 * Text from Graph or from people, made harmless for Markdown in cards and messages: it reads as written and
 * formats nothing. One line, of no more characters than given.
 */
export function plain(text: string, longest = LONGEST): string {
  return escapeMarkdown(clip(oneLine(text), longest));
}

/** A command or another literal in a message: monospaced, with nothing in it that could end the code span. */
export function code(text: string): string {
  return `\`${clip(oneLine(text).replaceAll("`", "'"), LONGEST)}\``;
}

/** The text on one line, without characters that are invisible or turn the writing direction. */
export function oneLine(text: string): string {
  return (
    text
      // Direction marks and invisible characters can make a name read as another one.
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
      // Adaptive Cards replace {{DATE(...)}} and {{TIME(...)}} wherever they stand.
      .replace(/\{(?=\{)/g, "{ ")
      .trim()
  );
}

export function clip(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

/** Escapes what would format; leaves what is harmless, because not every client removes needless backslashes. */
function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/[\\`*[\]~<]/g, "\\$&")
      // Inside a word an underscore is only an underscore.
      .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
      .replace(/&(?=#?\w+;)/g, "\\&")
      // At the start of a line: headings, quotations and lists.
      .replace(/^[#>+-]/, "\\$&")
      .replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2")
  );
}

/** A moment in each reader's own time zone and language: the time, and the day too when it is far from `near`. */
export function moment(at: Instant, near?: Instant): string {
  const stamp = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const time = `{{TIME(${stamp})}}`;
  const close = near !== undefined && Math.abs(Date.parse(at) - Date.parse(near)) < 12 * 3_600_000;
  return close ? time : `{{DATE(${stamp}, COMPACT)}} ${time}`;
}

/** "1 person", "3 people", "5,000 people". */
export function people(count: number): string {
  return count === 1 ? "1 person" : `${number(count)} people`;
}

/** "1 plan", "2 plans". */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

export function number(count: number): string {
  return count.toLocaleString("en-US");
}

/** "a", "a and b", "a, b and c", "a, b, c and 12 more". */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${number(rest)} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** For places that show text as it is, such as the line below a pressed button: no escapes, no code marks. */
export function withoutMarkdown(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, "“$1”").replace(/\\([!-/:-@[-`{-~])/g, "$1");
}
