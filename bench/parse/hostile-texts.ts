const LONGEST_CHARACTERS = 65_536;
const SENTENCE_CHARACTERS = 1_000;
const AAGUID = "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3";

/** How a text begins, and what comes again and again until it is as long as a message may be. */
const REPEATED: readonly (readonly [name: string, start: string, again: string])[] = [
  ["one word", "", "x"],
  ["words", "", "a b "],
  ["blanks", "allow", " "],
  ["line ends", "", "\n"],
  ["commas", "allow x", ","],
  ["names with commas", "allow ", "Key, "],
  ["AAGUIDs", "allow ", `${AAGUID} `],
  ["parts of an AAGUID", "allow ", "42b4fb4a-"],
  ["double quotes", "", '"'],
  ["quotes that open", "", "\u201c"],
  ["guillemets that open", "allow ", "\u00ab"],
  ["brackets that open", "allow ", "( a "],
  ["braces", "allow ", "{"],
  ["bullets", "allow ", "- "],
  ["bars", "allow ", "|"],
  ["semicolons", "allow ", "a;"],
  ["signs of direction", "", "\u202e\u2066a"],
  ["signs without width", "", "\u200ba"],
  ["letters that become eighteen", "", "\ufdfa"],
  ["exclamation marks", "", "!"],
  ["question marks", "who ", "?"],
  ["quoted lines", "", "> a\n"],
  ["near misses", "", "alow "],
  ["slips with groups", "enalbe passkeys ", "for group x "],
  ["conditions", "", "if is "],
  ["questions in questions", "", "what would happen if who would "],
  ["wishes", "", "could you let me know "],
  ["requests", "", "show policy. "],
  ["groups", "exclude ", "a, ("],
  ["options", "enable passkeys ", "and "],
  ["profiles", "allow x ", "in profile "],
  ["kinds", "allow x ", "with synced passkeys "],
];

/** Ordinary sentences close to many commands and equal to none: what takes longest to tell from a slip. */
const CLOSE_TO_MANY: readonly string[] = [
  "who has which keys in use with the policy that we have now",
  "can we talk about the passkey rollout on Monday?",
  "is there any pizza left?",
  "show the list of all the people with the keys",
];

/** Texts made to take long: each in the length of a sentence and in that of the longest list, with another end. */
export function hostileTexts(): readonly { readonly name: string; readonly text: string }[] {
  const repeated = REPEATED.flatMap(([name, start, again]) =>
    [SENTENCE_CHARACTERS, LONGEST_CHARACTERS].map((length) => ({
      name: `${name}, ${length.toLocaleString("en-US")} characters`,
      text: `${(start + again.repeat(length)).slice(0, length - 1)}x`,
    })),
  );
  return [...repeated, ...CLOSE_TO_MANY.map((text) => ({ name: `"${text.slice(0, 24)}..."`, text }))];
}
