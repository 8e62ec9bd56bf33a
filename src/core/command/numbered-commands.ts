import { type Candidate, closestPhrase } from "./closest-phrase.js";
import type { Parsed } from "./command.js";
import { phrase, startsWith, type Word } from "./words.js";

/** Verbs that take the number of a plan: ways to say the same. The first of each is the one we write ourselves. */
const VERBS = {
  show: ["show", "view"],
  cancel: ["cancel", "withdraw"],
  undo: ["undo", "revert", "roll back", "rollback"],
} as const;
type Verb = keyof typeof VERBS;
const KINDS: readonly Verb[] = ["show", "cancel", "undo"];
const CANDIDATES: readonly Candidate[] = KINDS.flatMap((kind) =>
  VERBS[kind].map((said) => ({ said, write: VERBS[kind][0] })),
);
const LONGEST_VERB = 2;
const PRESSED: readonly string[] = ["approve", "reject", "decline"];

/**
 * `show 12`, `cancel plan 12`, `undo #12`, or the number alone. undefined: ordinary chat, or another command.
 * @param isNearAnother whether the words are another command with a typo
 */
export function parseNumbered(
  words: readonly Word[],
  isNearAnother: (words: readonly Word[]) => boolean,
): Parsed | undefined {
  const pressed = startsWith(words, PRESSED);
  if (pressed) return pressedInWords(words.slice(pressed.length));
  const kind = KINDS.find((each) => startsWith(words, VERBS[each]));
  if (kind === undefined) return parseBareNumber(words);
  const rest = words.slice(startsWith(words, VERBS[kind])?.length);
  const planNumber = numberIn(rest);
  if (planNumber !== undefined) return { kind: "command", command: { kind, planNumber } };
  // "cancel my meeting with Bob" is no command; "cancel" and "show abc" want to be one.
  return rest.length <= 1 && !isNearAnother(words)
    ? { kind: "reply", reply: { code: "number-missing", command: VERBS[kind][0], given: afterPlan(rest) } }
    : undefined;
}

/** A verb with a typo before a number: asked back. */
export function nearNumbered(words: readonly Word[]): string | undefined {
  for (let length = 1; length <= LONGEST_VERB; length += 1) {
    const planNumber = numberIn(words.slice(length));
    const verb = planNumber === undefined ? undefined : closestPhrase(words.slice(0, length), CANDIDATES);
    if (verb !== undefined) return `${verb} ${planNumber}`;
  }
  return undefined;
}

/** A message carries no sign-in token, a button does. */
function pressedInWords(rest: readonly Word[]): Parsed | undefined {
  const planNumber = numberIn(rest);
  if (planNumber !== undefined) return { kind: "reply", reply: { code: "use-the-button", planNumber } };
  return afterPlan(rest) === "" ? { kind: "reply", reply: { code: "use-the-button" } } : undefined;
}

/** `plan 12` and `#12` alone. */
function parseBareNumber(words: readonly Word[]): Parsed | undefined {
  const isNamed = words[0]?.lower === "plan" || words[0]?.lower.startsWith("#");
  const planNumber = isNamed ? numberIn(words) : undefined;
  return planNumber === undefined ? undefined : { kind: "command", command: { kind: "show", planNumber } };
}

function numberIn(words: readonly Word[]): number | undefined {
  const digits = /^#?\s?([1-9]\d{0,8})$/.exec(afterPlan(words))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function afterPlan(words: readonly Word[]): string {
  return phrase(words[0]?.lower === "plan" ? words.slice(1) : words);
}
