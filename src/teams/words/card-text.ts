import type { Instant } from "../../core/person.js";
import type { Medium } from "../../core/words/medium.js";
import { clip, oneLine, sentence } from "../../core/words/one-line.js";

/** Long enough for any name. */
const LONGEST = 160;
/** Of sentences written elsewhere. */
const LONGEST_SENTENCES = 500;

/**
 * A name from Graph or from people, made harmless for Markdown in cards and messages: it reads as written, what
 * would be unseen included, and formats nothing. One line, of no more characters than given.
 */
export function plain(text: string, longest = LONGEST): string {
  return escapeMarkdown(apart(clip(oneLine(text), longest)));
}

/** Sentences written elsewhere, made harmless in the same way: a reason, a command as typed, Graph's explanation. */
export function plainSentences(text: string): string {
  return escapeMarkdown(apart(clip(sentence(text), LONGEST_SENTENCES)));
}

/** Letters that are written from right to left, in whichever block: they also turn the signs and numbers beside them. */
const FROM_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Kept apart from our own words (first strong isolate), so that a number after a name does not wander into it. */
function apart(text: string): string {
  return FROM_RIGHT.test(text) ? `\u2068${text}\u2069` : text;
}

/** Cards and messages: what comes from outside formats nothing. */
export const MARKDOWN: Medium = { quote: (outside) => plain(outside), strong: (words) => `**${words}**` };

/** A command or another literal in a message: monospaced, with nothing in it that could end the code span. */
export function code(text: string): string {
  return `\`${clip(sentence(text).replaceAll("`", "'"), LONGEST)}\``;
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

/** Markdown in places that draw none of it: its code marks and escapes gone. */
export function withoutCode(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, "$1").replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

/** For places that show text as it is, such as the line below a pressed button: no escapes, no code marks. */
export function withoutMarkdown(markdown: string): string {
  return markdown.replace(/`([^`]*)`/g, "“$1”").replace(/\\([!-/:-@[-`{-~])/g, "$1");
}
