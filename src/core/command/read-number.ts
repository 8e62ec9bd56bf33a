import type { Reply } from "./command.js";
import type { CommandRow } from "./command-row.js";
import type { Reader } from "./reader.js";
import { phrase, type Word } from "./words.js";

const NUMBER = /^(?:#|№)? ?([1-9]\d{0,8})$/;
/** What people put before a number: "the plan no. 12". */
const NOUN =
  /^(?:(?:the|my|your|our) )?(?:(?:plan|request|change|proposal)(?: |-|$))?(?:(?:no|nr|num|number)\b\.? ?)?/;
/** Meant as a number, but none. */
const NEARLY_NUMBER = /^#?\d\S*$/;
const COUNT = /^(?:of )?(?:the )?(?:last )?([1-9]\d{0,3})(?: plans)?$/;
/** How many are listed when the text does not say. */
const USUAL_COUNT = 10;

/** `12`, `#12` or `plan 12`. */
export const readPlanNumber: Reader<"planNumber"> = (row, rest) => {
  const read = numberIn(row, rest, "plan");
  if (typeof read === "number") return { kind: "arguments", arguments: { planNumber: read } };
  return read && ask({ code: "number-missing", command: row.says[0], ...read });
};

/** `3` or `#3`. */
export const readDriftNumber: Reader<"driftNumber"> = (row, rest) => {
  const read = numberIn(row, rest);
  if (typeof read === "number") return { kind: "arguments", arguments: { driftNumber: read } };
  return read && ask({ code: "drift-number-missing", command: row.says[0], ...read });
};

/** `20`, `the last 20 plans` or nothing. */
export const readCount: Reader<"count"> = (_, rest) => {
  if (rest.length === 0) return { kind: "arguments", arguments: { limit: USUAL_COUNT } };
  const limit = COUNT.exec(phrase(rest))?.[1];
  return limit === undefined ? undefined : { kind: "arguments", arguments: { limit: Number(limit) } };
};

/** The number, or what was given in its place. undefined: the words are about something else. */
function numberIn(
  row: CommandRow,
  rest: readonly Word[],
  noun?: "plan",
): number | { readonly given: string } | undefined {
  const typed = phrase(rest);
  const said = noun === undefined || rest.some(({ quoted }) => quoted) ? typed : typed.replace(NOUN, "");
  const digits = NUMBER.exec(said)?.[1];
  if (digits !== undefined) return Number(digits);
  const isMeant = said === "" || NEARLY_NUMBER.test(said) || (row.asksAboutRest && rest.length === 1);
  return isMeant ? { given: said } : undefined;
}

function ask(reply: Reply): { readonly kind: "reply"; readonly reply: Reply } {
  return { kind: "reply", reply };
}
