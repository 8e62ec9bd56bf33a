import { type Candidate, closestPhrase } from "./closest-phrase.js";
import type { Parsed } from "./command.js";
import { parseEnableOptions } from "./enable-options.js";
import { nearModelCommand, parseModelCommand } from "./model-commands.js";
import { SIMPLE } from "./simple-commands.js";
import { phrase, startsWith, type Word, wordsOf } from "./words.js";

/** Longer than any command; a message may be 100 KB. */
const LIMIT = 1_000;

const THING: readonly string[] = [
  "passkeys",
  "passkey",
  "fido2",
  "fido2 keys",
  "passkey sign-in",
  "passkeys (fido2)",
];
const ENABLE = [
  ...withThing(["enable", "turn on", "switch on", "activate", "roll out"]),
  "turn passkeys on",
  "switch passkeys on",
];
const DISABLE = [
  ...withThing(["disable", "turn off", "switch off", "deactivate"]),
  "turn passkeys off",
  "switch passkeys off",
];

/** Verbs that take the number of a plan. */
const NUMBERED = { show: "show", view: "show", cancel: "cancel", withdraw: "cancel" } as const;
/** Announced for later versions; only in forms that nobody uses in ordinary chat. */
const LATER = /^(history|undo( #?\d+)?|evidence( #?\d+)?)$/;
const PRESSED: readonly string[] = ["approve", "reject", "decline"];

/**
 * What a message asks for. A grammar with synonyms and no guessing: a near miss is asked back, never run,
 * and ordinary chat is left alone.
 */
export function parseCommand(text: string): Parsed {
  if (text.length > LIMIT) {
    return { kind: "reply", reply: { code: "too-long", characters: text.length, limit: LIMIT } };
  }
  const words = wordsOf(text);
  if (words.length === 0) return { kind: "reply", reply: { code: "empty" } };
  return (
    parseSimple(words) ??
    parseNumbered(words) ??
    parseChange(words) ??
    parseModelCommand(words) ??
    parseNearMiss(words)
  );
}

function parseSimple(words: readonly Word[]): Parsed | undefined {
  const said = phrase(words);
  const match = SIMPLE.find((entry) => entry.said.includes(said));
  if (match) return { kind: "command", command: match.command };
  return LATER.test(said)
    ? { kind: "reply", reply: { code: "not-in-this-version", command: said } }
    : undefined;
}

function parseNumbered(words: readonly Word[]): Parsed | undefined {
  const [verb, ...rest] = words.map((word) => word.lower);
  if (verb === undefined) return undefined;
  const given = (rest[0] === "plan" ? rest.slice(1) : rest).join(" ");
  const number = planNumber(given);
  if (PRESSED.includes(verb) && (given === "" || number !== undefined)) {
    return {
      kind: "reply",
      reply: { code: "use-the-button", ...(number === undefined ? {} : { planNumber: number }) },
    };
  }
  const kind = Object.hasOwn(NUMBERED, verb) ? NUMBERED[verb as keyof typeof NUMBERED] : undefined;
  if (kind === undefined) return verb === "plan" || /^#\d+$/.test(verb) ? parseBareNumber(words) : undefined;
  if (number !== undefined) return { kind: "command", command: { kind, planNumber: number } };
  // "cancel my meeting with Bob" is no command; "cancel" and "show abc" want to be one.
  return rest.length <= 1 && closestPhrase(words, phrases()) === undefined
    ? { kind: "reply", reply: { code: "number-missing", command: kind, given } }
    : undefined;
}

/** `plan 12` and `#12` alone. */
function parseBareNumber(words: readonly Word[]): Parsed | undefined {
  const number = planNumber(phrase(words).replace(/^plan /, ""));
  return number === undefined
    ? undefined
    : { kind: "command", command: { kind: "show", planNumber: number } };
}

function planNumber(text: string): number | undefined {
  const digits = /^#?\s?([1-9]\d{0,8})$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function parseChange(words: readonly Word[]): Parsed | undefined {
  const disable = startsWith(words, DISABLE);
  if (disable) {
    const rest = words.slice(disable.length);
    if (rest.length === 0) return { kind: "command", command: { kind: "disable" } };
    return {
      kind: "reply",
      reply: { code: "not-understood", part: original(rest), command: "disable passkeys" },
    };
  }
  const enable = startsWith(words, ENABLE);
  return enable && parseEnableOptions(words.slice(enable.length));
}

function parseNearMiss(words: readonly Word[]): Parsed {
  const suggestion = closestPhrase(words, phrases()) ?? nearModelCommand(words);
  return suggestion === undefined
    ? { kind: "ignored" }
    : { kind: "reply", reply: { code: "did-you-mean", suggestion } };
}

/** What a near miss is compared with: each phrase, and how we write it ourselves. */
function phrases(): readonly Candidate[] {
  return [
    ...SIMPLE.flatMap(({ said }) => said.map((each) => ({ said: each, write: said[0] ?? each }))),
    ...ENABLE.map((said): Candidate => ({ said, write: "enable passkeys", goesOn: true })),
    ...DISABLE.map((said) => ({ said, write: "disable passkeys" })),
  ];
}

function withThing(verbs: readonly string[]): readonly string[] {
  return verbs.flatMap((verb) => THING.map((thing) => `${verb} ${thing}`));
}

function original(words: readonly Word[]): string {
  return words.map((word) => word.text).join(" ");
}
