import type { GraphAnswer } from "../graph/graph-http.js";
import { readRefusal } from "../graph/translate-graph-error.js";
import type { WriteAnswer } from "./question.js";

/** What says no to a request as it is. The other codes are about rights, pace, or a path that is not there. */
const REFUSALS: readonly number[] = [400, 409, 412, 413, 415, 422, 428, 431];

/** An answer that says something about what was asked; undefined: it does not. */
export function writeAnswer(answer: GraphAnswer): WriteAnswer | undefined {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: "accepted", status };
  return REFUSALS.includes(status) ? { kind: "refused", status, code: codeOf(answer) } : undefined;
}

/** Graph's own code, where it is a word: a report is read elsewhere, so nothing else of the answer is in it. */
export function codeOf(answer: GraphAnswer): string {
  const { code } = readRefusal(answer);
  return /^[A-Za-z][\w.-]{0,99}$/.test(code) ? code : "without a code";
}
