import { type Candidate, closestPhrase } from "./closest-phrase.js";
import type { Parsed } from "./command.js";
import { parseDrift } from "./drift-commands.js";
import { parseEnableOptions } from "./enable-options.js";
import { nearModelCommand, parseModelCommand } from "./model-commands.js";
import { nearNumbered, parseNumbered } from "./numbered-commands.js";
import { parseRecord } from "./record-commands.js";
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
    parseDrift(words) ??
    parseRecord(words) ??
    parseNumbered(words, isNearPhrase) ??
    parseChange(words) ??
    parseModelCommand(words) ??
    parseNearMiss(words)
  );
}

function parseSimple(words: readonly Word[]): Parsed | undefined {
  const said = phrase(words);
  const match = SIMPLE.find((entry) => entry.said.includes(said));
  return match && { kind: "command", command: match.command };
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
  const suggestion = closestPhrase(words, phrases()) ?? nearNumbered(words) ?? nearModelCommand(words);
  return suggestion === undefined
    ? { kind: "ignored" }
    : { kind: "reply", reply: { code: "did-you-mean", suggestion } };
}

function isNearPhrase(words: readonly Word[]): boolean {
  return closestPhrase(words, phrases()) !== undefined;
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
