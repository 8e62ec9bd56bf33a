import { toAaguid } from "../../policy/policy.js";
import type { Parsed } from "../command.js";
import { beforeReason } from "../deciding/read-decision.js";
import type { Reading, Understand } from "../read-command.js";
import { type Word, wordsOf } from "../words.js";
import { findGuard } from "./guard.js";
import { insteadOf } from "./instead.js";
import { isQuestion, withoutMark, withoutMarks } from "./question.js";

/** How far into a sentence a negation says that the rest is not wanted. */
const NEGATED_WITHIN_WORDS = 6;
/** What was not understood of a change may be what guards it. */
const GUARDED_REPLIES: ReadonlySet<string> = new Set(["not-understood", "off-for-some"]);
/** "Remove titan?" asks whom that hurts. */
const TAKES_AWAY: ReadonlySet<string> = new Set(["disable", "remove", "remove-group", "exclude-group"]);
const WHAT_IF = wordsOf("what if");

/**
 * A change that is asked about, put off or taken back is not asked for: it is offered, where it may be meant, and made
 * when it is said by itself.
 */
export function guarded(reading: Reading, said: readonly Word[], understand: Understand): Reading["outcome"] {
  const { row, outcome, length, behind, written } = reading;
  const words = row.takes === "decision" ? beforeReason(said) : said;
  if (row.looks || (outcome.kind === "reply" && !GUARDED_REPLIES.has(outcome.reply.code))) return outcome;
  // In a list with AAGUIDs it is an entry that is not understood, and said to be one.
  const isList = row.takes === "models" && words.some(({ text }) => toAaguid(text) !== undefined);
  const guard = isList ? undefined : findGuard(words.slice(0, words.length - behind), length - behind);
  if (guard !== undefined) {
    const { because, word, at } = guard;
    const before = because === "negation" ? undefined : understand(words.slice(0, at));
    const instead = insteadOf(row.name, guard, words);
    const offers =
      instead !== undefined ? [instead] : before?.outcome.kind === "command" ? [before.written] : [];
    return { kind: "reply", reply: { code: "not-as-said", because, word, offers } };
  }
  if (outcome.kind === "reply" || !isQuestion(words)) return outcome;
  const asked = understand([...WHAT_IF, ...withoutMarks(words)]);
  if (TAKES_AWAY.has(row.name) && asked?.outcome.kind === "command") return asked.outcome;
  return { kind: "reply", reply: { code: "only-asked", suggestion: withoutMark(written) } };
}

/** "Please do not enable passkeys": said so that it is seen to have been heard. */
export function negated(words: readonly Word[], understand: Understand): Parsed | undefined {
  const guard = findGuard(words.slice(0, NEGATED_WITHIN_WORDS), 0);
  if (guard?.because !== "negation") return undefined;
  const rest = words.slice(guard.at + guard.word.split(" ").length);
  const reading = rest.length === 0 ? undefined : understand(rest);
  if (reading === undefined || reading.row.looks) return undefined;
  return { kind: "reply", reply: { code: "not-as-said", because: "negation", word: guard.word, offers: [] } };
}
