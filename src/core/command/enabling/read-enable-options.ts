import { editDistance } from "../../../text/edit-distance.js";
import type { CommandRow } from "../command-row.js";
import { beginsChat } from "../groups/begins-chat.js";
import { takeNames } from "../groups/group-names.js";
import { profileAtStart } from "../profiles/take-profile.js";
import { notUnderstood, type Read, type Reader } from "../reader.js";
import { asTyped, startsWith, type Word, wordsOf } from "../words.js";
import { type EnableOptions, OPTION_PHRASES } from "./enable-options.js";

type Setting = Partial<EnableOptions>;

const FIXED: readonly string[] = OPTION_PHRASES.flatMap((entry) => entry.said);
const GROUP: readonly string[] = [
  "for group",
  "for groups",
  "for the group",
  "for the groups",
  "for",
  "to group",
  "to groups",
  "to the group",
  "to",
];
const ONLY_GROUP: readonly string[] = [
  ...GROUP.flatMap((said) => [`only ${said}`, `just ${said}`]),
  ...[
    "for only",
    "for just",
    "for only group",
    "for only groups",
    "for only the group",
    "for only the groups",
  ],
];
const PROFILE: readonly string[] = [...["in profile", "in the profile", "for profile", "with profile"]];
/** Ends no name before it, which may have the word in it. */
const BARE_PROFILE: readonly string[] = ["profile", "the profile"];
const ANY_GROUP: readonly string[] = [...GROUP, ...ONLY_GROUP];
const BEGINS_OPTION: readonly string[] = [...FIXED, ...PROFILE];
const JOINING: readonly string[] = ["and", "but"];

const FOR = wordsOf("for");

/** Options one after the other, and those the command's own words have. Two that contradict each other are not understood. */
export const readEnableOptions: Reader<"enableOptions"> = (row, said) => {
  if (row.mayBeChat && (said.length === 0 || beginsChat(said))) return undefined;
  const words = row.isForGroups ? [...FOR, ...said] : said;
  let setting: Setting = row.options ?? {};
  let rest = words;
  while (rest.length > 0) {
    const taken = takeOption(rest);
    if (!taken || contradicts(setting, taken.setting)) return askAbout(row, words, rest);
    setting = { ...setting, ...taken.setting };
    rest = taken.rest;
  }
  if (row.needsProfile && setting.profile === undefined) return undefined;
  if (row.isOnly) {
    if (setting.targets?.kind !== "groups") return undefined;
    setting = { ...setting, targets: { ...setting.targets, only: true } };
  }
  const options: EnableOptions = { restriction: "as-fits", authenticators: ["ios", "android"], ...setting };
  return { kind: "arguments", arguments: { options } };
};

interface Taken {
  readonly setting: Setting;
  readonly rest: readonly Word[];
}

function takeOption(words: readonly Word[]): Taken | undefined {
  const fixed = startsWith(words, FIXED);
  if (fixed) {
    const setting = OPTION_PHRASES.find((entry) => entry.said.includes(fixed.join(" ")))?.setting ?? {};
    return { setting, rest: words.slice(fixed.length) };
  }
  const profile = startsWith(words, PROFILE) ?? startsWith(words, BARE_PROFILE);
  if (profile) {
    const { names, rest } = takeNames(words.slice(profile.length), false, beginsOption);
    const [name] = names;
    return name === undefined || names.length > 1
      ? undefined
      : { setting: { profile: withoutEnd(name, words) }, rest };
  }
  const around = profileAtStart(words);
  if (around) return { setting: { profile: around.name }, rest: around.rest };
  const group = startsWith(words, ANY_GROUP);
  if (group) return takeGroups(group, words.slice(group.length));
  const joining = startsWith(words, JOINING);
  return joining && words.length > 1 ? { setting: {}, rest: words.slice(1) } : undefined;
}

/** A full stop behind the name of a profile ends the message. */
function withoutEnd(name: string, words: readonly Word[]): string {
  const end = words.at(-1)?.end ?? "";
  return end !== "" && name.endsWith(end) ? name.slice(0, -end.length) : name;
}

/** `for group Pilot`; with "only" before it or behind the last name: for these groups alone. */
function takeGroups(said: readonly string[], words: readonly Word[]): Taken | undefined {
  const { names, rest } = takeNames(words, said.includes("groups"), endsGroups);
  if (names.length === 0) return undefined;
  const isOnlyBehind = isWord(rest[0], "only");
  const only = isOnlyBehind || ONLY_GROUP.includes(said.join(" "));
  const targets = { kind: "groups", names, ...(only ? { only } : {}) } as const;
  return { setting: { targets }, rest: isOnlyBehind ? rest.slice(1) : rest };
}

/** Before another option, or before an "only" that nothing but an option follows. */
function endsGroups(words: readonly Word[]): boolean {
  if (beginsOption(words)) return true;
  return isWord(words[0], "only") && (words.length === 1 || beginsOption(words.slice(1)));
}

const isWord = (word: Word | undefined, text: string): boolean => word?.lower === text && !word.quoted;

function beginsOption(words: readonly Word[]): boolean {
  const next = words[0]?.lower === "and" ? words.slice(1) : words;
  // "the Synced profile" without a word before it may be the end of a name.
  return (
    startsWith(next, BEGINS_OPTION) !== undefined ||
    (!isWord(next[0], "the") && profileAtStart(next) !== undefined)
  );
}

function contradicts(known: Setting, added: Setting): boolean {
  return Object.keys(added).some((key) => key in known);
}

function askAbout(row: CommandRow, words: readonly Word[], rest: readonly Word[]): Read<"enableOptions"> {
  const suggestion = correctedOption(rest);
  if (suggestion === undefined) return notUnderstood(row, rest);
  const before = words.slice(0, words.length - rest.length).map(asTyped);
  return {
    kind: "reply",
    reply: { code: "did-you-mean", suggestion: [row.says[0], ...before, suggestion].join(" ") },
  };
}

/** The option these last words were probably meant to be; none when they are an option, only not here. */
function correctedOption(words: readonly Word[]): string | undefined {
  const said = words.map((word) => word.lower).join(" ");
  if (FIXED.includes(said)) return undefined;
  const near = FIXED.filter(
    (option) => option.length > 5 && said !== option && editDistance(said, option) <= 2,
  );
  return near.sort((a, b) => editDistance(said, a) - editDistance(said, b))[0];
}
