import type { CommandRow } from "../command-row.js";
import { each } from "../rows/each.js";
import { asWritten, startsWith, type Word } from "../words.js";

const PROFILE = each(["", "the"], ["", "passkey"], ["profile"]);
const IN = ["in", "into", "to", "for"];
const FROM = [...IN, "from", "out of"];
const IN_PROFILE = each(IN, PROFILE);
const FROM_PROFILE = each(FROM, PROFILE);
/** `in the Synced profile`: what its name follows. */
const IN_THE = each(IN, ["the", "our", ""]);
const FROM_THE = each(FROM, ["the", "our", ""]);
/** Behind a verb that gives or takes one. */
const BARE_PROFILE = [...IN_PROFILE, ...PROFILE];
const BARE_THE = [...IN_THE, "the"];
const AS_OPTION = ["in the", "with the", "for the", "to the", "the"];
const BEHIND = ["too", "as well", "in addition", "any more", "anymore"];
/** `in profile`, and a name of some words: before that, a list of models would be read through. */
const LONGEST_PROFILE_WORDS = 24;
/** A name before the word for it; a longer one is put in quotes. */
const NAME_AT_MOST_WORDS = 6;
const NO_PART_OF_A_NAME: ReadonlySet<string> = new Set([...FROM, "of", "with", "and", "the", "only"]);

/** What a command says about the profile. `unclear`: something that is not one name. */
export type ProfilePart =
  | { readonly kind: "none" }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "unclear" };

/** Words, and the profile that was named at their end. */
export interface WithProfile {
  readonly before: readonly Word[];
  readonly profile: ProfilePart;
}

/** Splits off `in profile X` or `in the X profile` at the end; other words for it where the row says so. */
export function takeProfile(
  words: readonly Word[],
  { fromProfile, bareProfile }: Pick<CommandRow, "fromProfile" | "bareProfile">,
): WithProfile {
  const said = withoutBehind(words);
  const opening = fromProfile ? FROM_PROFILE : bareProfile ? BARE_PROFILE : IN_PROFILE;
  const behind = lastOf(said, opening);
  if (behind !== undefined && behind.rest.length > 0)
    return { before: said.slice(0, behind.at), profile: named(behind.rest) };
  const around = isProfile(said.at(-1))
    ? lastOf(said.slice(0, -1), fromProfile ? FROM_THE : bareProfile ? BARE_THE : IN_THE)
    : undefined;
  if (around !== undefined && isName(around.rest))
    return { before: said.slice(0, around.at), profile: named(around.rest) };
  if (behind === undefined) return { before: words, profile: { kind: "none" } };
  return { before: said.slice(0, behind.at), profile: { kind: "unclear" } };
}

/** `in the X profile` at the beginning, and what follows it. */
export function profileAtStart(
  words: readonly Word[],
): { readonly name: string; readonly rest: readonly Word[] } | undefined {
  const opening = startsWith(words, AS_OPTION)?.length ?? 0;
  const end = words.slice(0, opening + NAME_AT_MOST_WORDS + 1).findIndex(isProfile);
  const name = words.slice(opening, Math.max(end, opening));
  return opening > 0 && isName(name) ? { name: asWritten(name), rest: words.slice(end + 1) } : undefined;
}

/**
 * The last of these phrases that a name follows, else one that nothing follows, from where it begins ("in the profile",
 * not "the profile"), and what stands behind it.
 */
function lastOf(
  words: readonly Word[],
  phrases: readonly string[],
): { readonly at: number; readonly rest: readonly Word[] } | undefined {
  const start = Math.max(words.length - LONGEST_PROFILE_WORDS, 0);
  const found = words.slice(start).flatMap((_, from) => {
    const at = start + from;
    const length = startsWith(words.slice(at), phrases)?.length;
    return length === undefined ? [] : [{ at, end: at + length }];
  });
  const last = found.findLast(({ end }) => end < words.length) ?? found.at(-1);
  const whole = found.find(({ end }) => end === last?.end);
  return whole && { at: whole.at, rest: words.slice(whole.end) };
}

function withoutBehind(words: readonly Word[]): readonly Word[] {
  for (const length of [2, 1]) {
    const end = words.slice(-length);
    if (words.length > length && startsWith(end, BEHIND)?.length === length) return words.slice(0, -length);
  }
  return words;
}

const isProfile = (word: Word | undefined): boolean =>
  word !== undefined && !word.quoted && /^profile[.!?]*$/.test(word.lower);

function isName(words: readonly Word[]): boolean {
  if (words.length === 0 || words.length > NAME_AT_MOST_WORDS) return false;
  return words.every(({ quoted, comma, lower }) => quoted || !(comma || NO_PART_OF_A_NAME.has(lower)));
}

function named(words: readonly Word[]): ProfilePart {
  const oneName = words.length === 1 || words.every((word) => !word.quoted && !word.comma);
  return words.length > 0 && oneName
    ? { kind: "named", name: words.map((word) => word.text).join(" ") }
    : { kind: "unclear" };
}
