import type { CommandRow } from "./command-row.js";
import { editDistance } from "./edit-distance.js";
import { type EnableOptions, OPTION_PHRASES } from "./enable-options.js";
import { notUnderstood, type Read, type Reader } from "./reader.js";
import { asTyped, startsWith, type Word } from "./words.js";

type Setting = Partial<EnableOptions>;

const FIXED: readonly string[] = OPTION_PHRASES.flatMap((entry) => entry.said);
const GROUP: readonly string[] = [
  "for group",
  "for groups",
  "for the group",
  "for the groups",
  "for",
  "to group",
];
const PROFILE: readonly string[] = ["in profile", "in the profile", "for profile", "with profile"];
const JOINING: readonly string[] = ["and", "but"];

/** Options one after the other. Two that contradict each other are not understood. */
export const readEnableOptions: Reader<"enableOptions"> = (row, words) => {
  let setting: Setting = {};
  let rest = words;
  while (rest.length > 0) {
    const taken = takeOption(rest);
    if (!taken || contradicts(setting, taken.setting)) return askAbout(row, words, rest);
    setting = { ...setting, ...taken.setting };
    rest = taken.rest;
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
  const profile = startsWith(words, PROFILE);
  if (profile) {
    const { names, rest } = takeNames(words.slice(profile.length), false);
    const [name] = names;
    return name === undefined || names.length > 1 ? undefined : { setting: { profile: name }, rest };
  }
  const group = startsWith(words, GROUP);
  if (group) {
    const { names, rest } = takeNames(words.slice(group.length), group.includes("groups"));
    return names.length === 0 ? undefined : { setting: { targets: { kind: "groups", names } }, rest };
  }
  const joining = startsWith(words, JOINING);
  return joining && words.length > 1 ? { setting: {}, rest: words.slice(1) } : undefined;
}

/**
 * Names up to the next option: words of one name belong together, a comma (or "and" after "groups") starts the next.
 * A name that contains a comma or an option's words has to be quoted.
 */
function takeNames(
  words: readonly Word[],
  several: boolean,
): { names: readonly string[]; rest: readonly Word[] } {
  const names: string[] = [];
  let current: string[] = [];
  let nameMustFollow = true;
  let rest = words;
  const close = () => {
    if (current.length > 0) names.push(current.join(" "));
    current = [];
  };
  for (let word = rest[0]; word !== undefined && (nameMustFollow || !beginsOption(rest)); word = rest[0]) {
    rest = rest.slice(1);
    const joins = several && word.lower === "and" && !word.quoted;
    if (word.quoted || joins) close();
    if (!joins) current.push(word.text);
    if (word.quoted || word.comma) close();
    nameMustFollow = joins || word.comma;
  }
  close();
  return { names, rest };
}

function beginsOption(words: readonly Word[]): boolean {
  const next = words[0]?.lower === "and" ? words.slice(1) : words;
  return startsWith(next, [...FIXED, ...PROFILE]) !== undefined;
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
