import { OPTION_PHRASES } from "../enabling/enable-options.js";
import { startsWith, type Word } from "../words.js";

/** A word that says that what is asked for is not asked for now, or not at all. */
export interface Guard {
  readonly because: "negation" | "condition" | "time";
  /** As it was said. */
  readonly word: string;
  /** Where it stands. */
  readonly at: number;
}

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SAID: { readonly [Because in Guard["because"]]: readonly string[] } = {
  negation: [
    ...[
      "not",
      "don't",
      "dont",
      "do not",
      "never",
      "no",
      "nope",
      "nothing",
      "none",
      "nobody",
      "no one",
      "cannot",
    ],
    ...[
      "can't",
      "won't",
      "rather not",
      "mustn't",
      "shouldn't",
      "nicht",
      "keine",
      "kein",
      "pas",
      "geen",
      "niet",
    ],
  ],
  condition: [
    ...[
      "if",
      "unless",
      "until",
      "once",
      "when",
      "whenever",
      "while",
      "provided",
      "assuming",
      "except",
      "only if",
    ],
    ...["as soon as", "other than", "apart from", "depending on", "as long as", "in case"],
  ],
  time: [
    ...[
      "tomorrow",
      "tonight",
      "later",
      "soon",
      "next week",
      "next month",
      "next year",
      "next time",
      "this weekend",
    ],
    ...["after", "before", "in an hour", "in a week", "in a month", "in a day", "at noon", "at midnight"],
    ...DAYS.flatMap((day) => [day, `on ${day}`, `next ${day}`]),
  ],
};
const BECAUSE = ["negation", "condition", "time"] as const;
const OPTIONS = OPTION_PHRASES.flatMap(({ said }) => said);
/** A clock or a date behind these: "at 9", "on 3 May", "in 2 weeks". */
const BEFORE_TIME: ReadonlySet<string> = new Set(["at", "on", "in", "from", "by", "until"]);
/** Behind these a group may be called what otherwise says that there is none: "for group Nobody". */
const BEFORE_GROUP: ReadonlySet<string> = new Set(["group", "groups"]);
const NUMBER_SIGN: ReadonlySet<string> = new Set(["no"]);
const NAMES_OF_GROUPS: readonly string[] = ["nobody", "no one", "nothing"];
/** What is longer is a list of names, in which such a word is a part of one. */
const GUARDED_AT_MOST_WORDS = 200;

/**
 * The first word that guards what is asked for, outside of quotes, of options that have one ("no attestation") and of
 * a group that is called so ("group Nobody").
 * @param from behind the command's own words
 */
export function findGuard(words: readonly Word[], from: number): Guard | undefined {
  let at = from;
  while (at < Math.min(words.length, GUARDED_AT_MOST_WORDS)) {
    const rest = words.slice(at, at + LONGEST_WORDS).map(plainly);
    const another = startsWith(rest, OPTIONS) ?? groupNamed(words[at - 1], rest);
    if (another !== undefined) {
      at += another.length;
      continue;
    }
    const guard = guardAt(rest, at);
    if (guard !== undefined) return guard;
    at += 1;
  }
  return undefined;
}

const LONGEST_WORDS = 5;

function groupNamed(before: Word | undefined, rest: readonly Word[]): readonly string[] | undefined {
  const isGroup = before !== undefined && !before.quoted && BEFORE_GROUP.has(before.lower);
  return isGroup ? startsWith(rest, NAMES_OF_GROUPS) : undefined;
}

function guardAt(rest: readonly Word[], at: number): Guard | undefined {
  // "Plan no. 12" is a number.
  const isNumber = NUMBER_SIGN.has(rest[0]?.lower ?? "") && /^\d/.test(rest[1]?.lower ?? "");
  if (isNumber) return undefined;
  for (const because of BECAUSE) {
    const said = startsWith(rest, SAID[because]);
    if (said !== undefined) return { because, word: said.join(" "), at };
  }
  const [first, second] = rest;
  const isTime =
    first !== undefined && !first.quoted && BEFORE_TIME.has(first.lower) && /^\d/.test(second?.lower ?? "");
  return isTime ? { because: "time", word: `${first.lower} ${second?.lower ?? ""}`, at } : undefined;
}

/** Without the signs around a word. */
function plainly(word: Word): Word {
  const lower = word.lower.replace(/^[("'–—-]{1,3}|[.,;:!?)–—-]{1,3}$/gu, "");
  return { ...word, lower };
}
