import { takeListedNames } from "../listed-names.js";
import { isOrdinaryWord } from "../ordinary-words.js";
import type { Reader } from "../reader.js";
import { asWritten, startsWith, type Word } from "../words.js";
import { meansEveryone } from "./everyone.js";

/** What parts two stages beside a comma. */
const THEN: ReadonlySet<string> = new Set(["then", "->", "→", ">", ";", "next", "finally"]);
const BEFORE: readonly string[] = [
  "in stages",
  "stages",
  "is",
  "are",
  "as",
  "to",
  "begins with",
  "starts with",
];
/** What follows "rollout" in other requests, and in chat. */
const NO_STAGE: ReadonlySet<string> = new Set(
  "passkeys passkey for of plan plans status progress report went goes begins starts began started".split(
    " ",
  ),
);
const GROUP = /^(?:and\s+)?(?:the\s+)?groups?\s+(?=\S)/iu;

/** "Pilot, IT, Finance, everyone", "Pilot then IT then everyone": at least two, or all users. */
export const readStages: Reader<"stages"> = (_, rest) => {
  const words = withoutColon(rest.slice(startsWith(rest, BEFORE)?.length ?? 0));
  const [first] = words;
  if (first === undefined || isChat(first)) return undefined;
  const stages = takeListedNames(words.flatMap(parted), asWritten)
    .map((name) =>
      name
        .replace(GROUP, "")
        .replace(/[.!]+$/, "")
        // Of "IT and then everybody".
        .replace(/\s+and$/i, "")
        .trim(),
    )
    .filter((name) => name !== "")
    .map((name) => (meansEveryone(name) ? "everyone" : name));
  return stages.length < 2 ? undefined : { kind: "arguments", arguments: { stages } };
};

/** Everybody with others behind is a list, which says itself why it is in the wrong order. */
function isChat({ lower, quoted, comma }: Word): boolean {
  if (comma && meansEveryone(lower)) return false;
  return !quoted && (NO_STAGE.has(lower) || (isOrdinaryWord(lower) && lower !== "the"));
}

/** "Then" ends the stage before it as a comma does. */
function parted(word: Word, at: number, all: readonly Word[]): readonly Word[] {
  if (!word.quoted && THEN.has(word.lower)) return [];
  const next = all[at + 1];
  const isParted = next !== undefined && !next.quoted && THEN.has(next.lower);
  return [isParted ? { ...word, comma: true } : word];
}

function withoutColon(words: readonly Word[]): readonly Word[] {
  return words[0]?.lower === ":" ? words.slice(1) : words;
}
