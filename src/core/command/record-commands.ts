import type { Parsed } from "./command.js";
import { phrase, type Word } from "./words.js";

/** How many plans `history` shows when nobody says. */
export const HISTORY_LENGTH = 10;

const HISTORY = /^(?:show |view )?history (?:of )?(?:the )?(?:last )?([1-9]\d{0,3})(?: plans)?$/;
const EVIDENCE = /^(?:show |give |give me )?(?:the )?evidence (?:for |of )?(?:plan )?#? ?([1-9]\d{0,8})$/;
/** Wants to be one, and does not say for which plan. */
const NUMBERLESS = /^(?:show )?evidence(?: (?:for|of))?(?: plan)?(?: (#?\d\S*))?$/;

/** `history 20`, `evidence 12`. undefined: something else. */
export function parseRecord(words: readonly Word[]): Parsed | undefined {
  const said = phrase(words);
  const limit = HISTORY.exec(said)?.[1];
  if (limit !== undefined) return { kind: "command", command: { kind: "history", limit: Number(limit) } };
  const number = EVIDENCE.exec(said)?.[1];
  if (number !== undefined) {
    return { kind: "command", command: { kind: "evidence", planNumber: Number(number) } };
  }
  const numberless = NUMBERLESS.exec(said);
  if (numberless === null) return undefined;
  return {
    kind: "reply",
    reply: { code: "number-missing", command: "evidence", given: numberless[1] ?? "" },
  };
}
