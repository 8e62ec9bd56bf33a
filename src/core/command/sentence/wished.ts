import { askedByDone } from "../asking/change-forms.js";
import { each } from "../rows/each.js";
import type { Word } from "../words.js";
import { lengthAtStart } from "./undress.js";

/** Who wants something done: "I'd like passkeys enabled". */
const WISHES: ReadonlySet<string> = new Set([
  ...each(["i'd", "i would", "we'd", "we would"], ["like", "like to have", "like to see"]),
  ...each(["i", "we"], ["want", "need", "want to have", "need to have"]),
  ...each(["can", "could", "may"], ["i", "we"], ["have", "get"]),
  ...["have", "get", "please have", "let's have", "let's get"],
]);
/** What wants something done: "passkeys should be enabled". */
const SHOULD: ReadonlySet<string> = new Set(["should", "must"]);
const IS: ReadonlySet<string> = new Set(["is", "are", "was", "were", "be", "been", "being", "that", "who"]);
/** No group's and no model's name is longer; behind it another sentence has begun. */
const THING_AT_MOST_WORDS = 6;

/**
 * A wish that something be done, as it is asked for: "I'd like passkeys enabled for everyone" asks to "enable passkeys for
 * everyone". None: it is no such wish.
 */
export function asWished(words: readonly Word[]): readonly (readonly Word[])[] {
  const length = lengthAtStart(words, WISHES);
  const should = words.findIndex(({ lower, quoted }) => !quoted && SHOULD.has(lower));
  if (length === 0 && (should < 1 || words[should + 1]?.lower !== "be")) return [];
  const rest = length > 0 ? words.slice(length) : words.toSpliced(should, 2);
  const at = rest.findIndex((word, index) => index > 0 && askedByDone(word) !== undefined);
  const [before, done] = [rest[at - 1], rest[at]];
  const asked = done === undefined ? undefined : askedByDone(done);
  const isWish = before !== undefined && !IS.has(before.lower) && at <= THING_AT_MOST_WORDS;
  if (asked === undefined || !isWish || (length === 0 && at !== should)) return [];
  return [[asked, ...rest.slice(0, at), ...rest.slice(at + 1)]];
}
