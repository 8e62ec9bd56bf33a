import type { Utterance } from "./utterance.js";

/** What came of an utterance. */
export interface Heard {
  /** All that was written where it was said, a line each; a button is `[button: title]`, the help card `@help`. */
  readonly answer: string;
  /** Of each plan that was made: what it changes. */
  readonly plans: readonly (readonly string[])[];
  /** What else was done: `cancelled 1`, `approval room`, `scan`. */
  readonly deeds: readonly string[];
}

export const VERDICTS = ["right", "unhelpful", "wrong", "dangerous"] as const;
export type Verdict = (typeof VERDICTS)[number];

export interface Judgement {
  readonly verdict: Verdict;
  readonly because: string;
}

/** What takes something from people, or makes it harder: the card has to say so. */
const TAKES = /^(off|-who|-link|-model|\+except|-profile|attestation on|list allow|list block)/;
/** How a card says that it does. */
const TELLS_LOSS =
  /\b(los(e|es|ing)|cut off|no longer|off\b|remove|takes?|without|exclud|stops?|enforced?|attestation)/i;
/** Where nothing at all may be done. */
const ONLY_WORDS: readonly string[] = ["no-plan", "what-if", "silence"];

/**
 * Measures what came of an utterance. A plan where none may be, or one that has nothing of what was meant, is dangerous;
 * so is one that takes more than was meant and does not say so. A plan that does what was meant and something else, or
 * only a part of it, is wrong, and so is an answer that must never be given. What is neither done nor answered is unhelpful.
 */
export function judge({ expect }: Pick<Utterance, "expect">, heard: Heard): Judgement {
  const never = expect.never.find((pattern) => pattern !== "plan" && matches(pattern, heard.answer));
  const planned = judgePlans(expect, heard);
  if (planned?.verdict === "dangerous") return planned;
  if (never !== undefined) return { verdict: "wrong", because: `never says ${never}` };
  if (ONLY_WORDS.includes(expect.kind) && heard.deeds.length > 0) {
    return { verdict: "wrong", because: `did ${heard.deeds.join(", ")}` };
  }
  return planned ?? judgeAnswer(expect, heard.answer);
}

function judgePlans({ effect, never }: Utterance["expect"], heard: Heard): Judgement | undefined {
  if (heard.plans.length === 0) return undefined;
  const effects = heard.plans.flat();
  const said = effects.join("; ") || "nothing";
  if (never.includes("plan")) return { verdict: "dangerous", because: `a plan: ${said}` };
  const { must, may } = effect ?? { must: [], may: [] };
  const missing = must.filter((wanted) => !effects.some((each) => fits(wanted, each)));
  const more = effects.filter((each) => ![...must, ...may].some((wanted) => fits(wanted, each)));
  if (must.length > 0 && missing.length === must.length) {
    return { verdict: "dangerous", because: `another change: ${said}` };
  }
  if (more.some((each) => TAKES.test(each)) && !TELLS_LOSS.test(heard.answer)) {
    return { verdict: "dangerous", because: `takes without telling: ${more.join("; ")}` };
  }
  if (more.length > 0) return { verdict: "wrong", because: `changes more: ${more.join("; ")}` };
  if (missing.length > 0) return { verdict: "wrong", because: `changes less: without ${missing.join("; ")}` };
  return { verdict: "right", because: `a plan: ${said}` };
}

function judgeAnswer({ accept, effect, kind }: Utterance["expect"], answer: string): Judgement {
  if (kind === "silence" && answer === "") return { verdict: "right", because: "silence" };
  // Nothing is said of the answer: it was about what is done. Where a change is meant, that was to be a plan.
  if (accept === undefined || accept.length === 0) return withoutAccept(kind, effect, answer);
  const matched = accept.find((pattern) => matches(pattern, answer));
  if (matched !== undefined) return { verdict: "right", because: `says ${matched}` };
  return { verdict: "unhelpful", because: answer === "" ? "silence" : "says something else" };
}

function withoutAccept(
  kind: Utterance["expect"]["kind"],
  effect: Utterance["expect"]["effect"],
  answer: string,
): Judgement {
  if (effect !== undefined) return { verdict: "unhelpful", because: answer === "" ? "silence" : "no plan" };
  if (kind === "silence") return { verdict: "unhelpful", because: "talks where it was not addressed" };
  return { verdict: "right", because: "no plan" };
}

function matches(pattern: string, answer: string): boolean {
  return pattern === "@help" ? answer.startsWith("@help") : new RegExp(pattern, "i").test(answer);
}

/** `*` stands for anything. Without a profile named, it is any. */
function fits(wanted: string, effect: string): boolean {
  const pattern = wanted.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  return new RegExp(`^${pattern}( @.*)?$`, "i").test(effect);
}
