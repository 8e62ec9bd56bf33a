import { beginsChat } from "../groups/begins-chat.js";
import { each } from "../rows/each.js";
import { asWritten, startsWith, type Word, wordsOf } from "../words.js";
import { lengthAtStart } from "./undress.js";

/** That something is not to be: it asks for a change in no words that one is asked for with. */
const SHOULD_NOT: readonly string[] = [
  ...["shouldn't", "should not", "must not", "mustn't", "may not", "should no longer", "must no longer"],
  ...[
    "no longer need",
    "don't need",
    "doesn't need",
    "do not need",
    "does not need",
    "don't get",
    "doesn't get",
  ],
];
const HAVE = [
  "",
  "have",
  "get",
  "use",
  "have access to",
  "be able to use",
  "be allowed to use",
  "register",
  "be using",
];
const PASSKEYS = ["passkeys", "a passkey", "any passkeys", "any passkey", "passkey sign-in"];
const HAVE_PASSKEYS: ReadonlySet<string> = new Set(each(HAVE, PASSKEYS));
const BE_ALLOWED: ReadonlySet<string> = new Set([
  "be allowed",
  "be permitted",
  "be used",
  "be usable",
  "work",
]);
const NOT_WANTED: readonly string[] = [
  ...["stop allowing", "stop permitting", "stop accepting"],
  ...each(["", "we", "i"], ["no longer", "don't", "do not"], ["want", "need"]),
  ...each(["", "we", "i"], ["no longer", "don't", "do not"], ["want to", "need to", ""], ["allow", "permit"]),
  ...each(["let's", "let us", "we should", "please", ""], ["not", "no longer"], ["allow", "permit"]),
];
const ANY_MORE: readonly string[] = ["anymore", "any more", "any longer", "again", "at all"];
const OUT: readonly string[] = [
  "out",
  ...each(["out of"], ["passkeys", "it", "the rollout", "the pilot", "the policy"]),
];
const ANY: ReadonlySet<string> = new Set(["any", "the", "those", "these"]);
/** Whom passkeys are for as a whole: there is no group of that name. */
const PEOPLE: ReadonlySet<string> = new Set([
  "people",
  "users",
  "employees",
  "admins",
  "staff",
  "colleagues",
  "nobody",
]);
const NAME_AT_MOST_WORDS = 5;
/** Names none of them. */
const ANY_KEY = /^(?:security )?keys?$/i;
/** With one of these it is not for good, or not for all. */
const MORE: ReadonlySet<string> = new Set(
  "yet now today for to in on if unless until before when but with".split(" "),
);
const ABOUT_THIS = /^(?:passkeys?|rollout|pilot|policy)$/;
const ARTICLES: ReadonlySet<string> = new Set(["the", "our", "all"]);
/** A passkey is none. */
const KEY_LIKE = /(?<!pass)keys?$|authenticator|hello|yubi|titan|feitian|token2/i;

/**
 * "Contractors shouldn't have passkeys" and "take contractors out" as `disable passkeys for` them, which is asked about
 * and never made. None: it says no such thing.
 */
export function asTakenOut(words: readonly Word[]): readonly (readonly Word[])[] {
  const said = withoutEnd(words, ANY_MORE);
  const whom = takenOut(said) ?? withoutPasskeys(said);
  // "Take the trash out" is chat; with passkeys in it, it is not.
  const isArticle = whom?.[0] !== undefined && !whom[0].quoted && ARTICLES.has(whom[0].lower);
  const group = isArticle && said.some(({ lower }) => ABOUT_THIS.test(lower)) ? whom.slice(1) : whom;
  if (group === undefined || !isName(group) || KEY_LIKE.test(asWritten(group))) return [];
  return PEOPLE.has(group[0]?.lower ?? "") && group.length === 1 ? [] : [[...DISABLE_FOR, ...group]];
}

/** "No longer allow titan keys" and "titan keys shouldn't work any more" as `remove titan keys`, which is asked back. */
export function asKeptOut(words: readonly Word[]): string | undefined {
  const said = withoutEnd(words, ANY_MORE);
  const begin = startsWith(said, NOT_WANTED)?.length ?? 0;
  const named = begin > 0 ? said.slice(begin) : notToWork(said);
  const start = named?.findIndex(({ lower, quoted }) => quoted || !ANY.has(lower)) ?? -1;
  const model = start === -1 ? [] : (named ?? []).slice(start);
  const name = asWritten(model);
  const isLimited = model.some(({ lower, quoted }) => !quoted && MORE.has(lower));
  return !isName(model) || isLimited || ANY_KEY.test(name) || !KEY_LIKE.test(name)
    ? undefined
    : `remove ${name}`;
}

const DISABLE_FOR = wordsOf("disable passkeys for");

function takenOut(words: readonly Word[]): readonly Word[] | undefined {
  if (words[0]?.lower !== "take" || words[0].quoted) return undefined;
  const rest = withoutEnd(words.slice(1), OUT);
  return rest.length < words.length - 1 ? rest : undefined;
}

const withoutPasskeys = (words: readonly Word[]) => whatIsNotTo(words, HAVE_PASSKEYS);
const notToWork = (words: readonly Word[]) => whatIsNotTo(words, BE_ALLOWED);

/** Of "contractors shouldn't have passkeys" the contractors, where all that follows is one of these. */
function whatIsNotTo(words: readonly Word[], these: ReadonlySet<string>): readonly Word[] | undefined {
  const at = placeOf(words);
  const behind = words.slice(at + (startsWith(words.slice(at), SHOULD_NOT)?.length ?? 0));
  const isSo = at > 0 && behind.length > 0 && lengthAtStart(behind, these) === behind.length;
  return isSo ? words.slice(0, at) : undefined;
}

/** Where the words stand that say it is not to be; a name before them is short. */
function placeOf(words: readonly Word[]): number {
  const looked = words.slice(0, NAME_AT_MOST_WORDS + 1);
  return looked.findIndex((_, at) => startsWith(words.slice(at), SHOULD_NOT) !== undefined);
}

function isName(words: readonly Word[]): boolean {
  return words.length > 0 && words.length <= NAME_AT_MOST_WORDS && !beginsChat(words);
}

function withoutEnd(words: readonly Word[], phrases: readonly string[]): readonly Word[] {
  for (const said of phrases) {
    const length = said.split(" ").length;
    if (words.length > length && startsWith(words.slice(-length), [said])) return words.slice(0, -length);
  }
  return words;
}
