import type { Reader } from "../reader.js";
import { asTyped, phrase, type Word } from "../words.js";

const NUMBER = /^#?([1-9]\d{0,8})[:,;.]?$/;
/** The one plan there is. */
const IT: ReadonlySet<string> = new Set([
  ...[
    "it",
    "that",
    "this",
    "that one",
    "this one",
    "the plan",
    "that plan",
    "this plan",
    "plan",
    "the request",
  ],
  ...["the last one", "the last plan", "her plan", "his plan", "their plan", "all", "them"],
]);
/** What a reason begins with. */
const REASON = /^(?:because|as|since|due to|reason|reason:|:|-|–|for)$/;

/** Which plan, by its number or as the one that waits, and why. Other words are chat. */
export const readDecision: Reader<"decision"> = (_, rest) => {
  const { words, planNumber } = takeNumber(rest);
  const at = words.findIndex(beginsReason);
  const said = at === -1 ? words : words.slice(0, at);
  // Behind a number everything may be the reason; without one it has to be said that it is.
  const isReasonBare = planNumber !== undefined && at !== 0;
  if (planNumber === undefined && said.length > 0 && !IT.has(phrase(said).replace(/[?!.:]+$/, "")))
    return undefined;
  const reason = isReasonBare ? words : at === -1 ? [] : words.slice(at + 1);
  return {
    kind: "arguments",
    arguments: { ...(planNumber === undefined ? {} : { planNumber }), reason: reason.map(asTyped).join(" ") },
  };
};

/** What is said of the decision itself: a reason may hold any words, also "not" and "until". */
export function beforeReason(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex(beginsReason);
  return at === -1 ? words : words.slice(0, at);
}

function beginsReason({ lower, quoted }: Word): boolean {
  return !quoted && REASON.test(lower);
}

function takeNumber(rest: readonly Word[]): {
  readonly words: readonly Word[];
  readonly planNumber?: number;
} {
  const start = rest[0]?.lower === "plan" && rest[1] !== undefined ? 1 : 0;
  const digits = NUMBER.exec(rest[start]?.lower ?? "")?.[1];
  return digits === undefined
    ? { words: rest }
    : { words: rest.slice(start + 1), planNumber: Number(digits) };
}
