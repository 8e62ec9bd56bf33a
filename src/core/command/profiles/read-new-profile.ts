import { takeListedNames } from "../listed-names.js";
import { isOrdinaryWord } from "../ordinary-words.js";
import { notUnderstood, type Reader } from "../reader.js";
import { each } from "../rows/each.js";
import { asWritten, startsWith, type Word } from "../words.js";
import type { NewProfile } from "./new-profile.js";

type Setting = Partial<Omit<NewProfile, "name">>;

const THINGS = ["", "passkeys", "keys", "only", "passkeys only", "keys only"];
const BEFORE = ["", "for", "with", "of", "only", "for only", "with only", "admitting", "that admits"];
const DEVICE_BOUND = each(BEFORE, ["device-bound", "device bound", "hardware"], THINGS);
const SECURITY_KEYS = each(BEFORE, ["security keys", "hardware security keys"], ["", "only"]);
const SYNCED = each(BEFORE, ["synced", "syncing", "cloud"], THINGS);
const EITHER = each(
  BEFORE,
  [
    "device-bound and synced",
    "device bound and synced",
    "synced and device-bound",
    "synced and device bound",
    "both kinds",
    "both kinds of passkey",
    "all kinds",
    "any kind",
  ],
  THINGS,
);

/** What is said with fixed words, and what it sets. */
const PHRASES: readonly { readonly said: readonly string[]; readonly setting: Setting }[] = [
  { said: [...DEVICE_BOUND, ...SECURITY_KEYS], setting: { types: ["deviceBound"] } },
  { said: SYNCED, setting: { types: ["synced"] } },
  { said: EITHER, setting: { types: ["deviceBound", "synced"] } },
  {
    said: [
      ...each(["", "with", "and"], ["attestation"], ["", "enforced", "on", "required"]),
      ...each(["", "and"], ["attested", "attested only", "enforcing attestation", "enforce attestation"]),
    ],
    setting: { attestation: true },
  },
  {
    said: [
      ...each(["without", "no", "with no", "and no"], ["attestation"]),
      ...["not attested", "attestation off"],
    ],
    setting: { attestation: false },
  },
];
const FIXED: readonly string[] = PHRASES.flatMap(({ said }) => said);
const ALLOWING: readonly string[] = [
  ...each(["", "that", "which", "that only", "which only"], ["allows", "admits"]),
  ...[
    "allowing",
    "allowing only",
    "only allowing",
    "allow",
    "allow only",
    "only allow",
    "and allow",
    "admitting",
  ],
  ...[
    "with only",
    "only for",
    "limited to",
    "restricted to",
    "with allow list",
    "with the allow list",
    "just",
  ],
];
const BLOCKING: readonly string[] = [
  "blocking",
  "block",
  "that blocks",
  "which blocks",
  "all but",
  "without allowing",
];
/** "With Authenticator only": the models stand before the word. */
const WITH: readonly string[] = ["with", "for"];
const JOINING: readonly string[] = ["and", "but", "with", "for"];
const CALLED: readonly string[] = ["called", "named", "with the name", "with name"];
const BEGINS: readonly string[] = [...FIXED, ...ALLOWING, ...BLOCKING];

/** "Executives device-bound with attestation allowing YubiKey 5 NFC". Without a name it is asked for. */
export const readNewProfile: Reader<"newProfile"> = (row, rest) => {
  const said = rest.slice(startsWith(rest, CALLED)?.length ?? 0);
  const { name, behind } = nameIn(said);
  if (name === undefined) return { kind: "reply", reply: { code: "profile-missing", command: row.says[0] } };
  let setting: Setting = {};
  let left = behind;
  while (left.length > 0) {
    const taken = takeSetting(left);
    if (taken === undefined || Object.keys(taken.setting).some((key) => key in setting))
      return notUnderstood(row, left);
    setting = { ...setting, ...taken.setting };
    left = taken.rest;
  }
  return { kind: "arguments", arguments: { profile: { name, ...setting } } };
};

/** The words up to where what it is to be begins; a quoted name ends by itself. */
function nameIn(words: readonly Word[]): { readonly name?: string; readonly behind: readonly Word[] } {
  const [first] = words;
  if (first === undefined || (!first.quoted && isNoName(words))) return { behind: [] };
  if (first.quoted) return { name: first.raw, behind: words.slice(1) };
  const end = words.findIndex(
    (_, at) => at > 0 && (words[at - 1]?.comma === true || begins(words.slice(at))),
  );
  const name = end === -1 ? words : words.slice(0, end);
  const text = asWritten(
    name.map((word, at) => (at === name.length - 1 ? { ...word, comma: false, end: "" } : word)),
  );
  return { name: text, behind: end === -1 ? [] : words.slice(end) };
}

/** "For the board": a purpose, and no name. With a capital it is one: "Synced". */
function isNoName(words: readonly Word[]): boolean {
  const [first] = words;
  if (first === undefined || /^\p{Lu}/u.test(first.raw)) return false;
  return isOrdinaryWord(first.lower) || startsWith(words, BEGINS) !== undefined;
}

function begins(words: readonly Word[]): boolean {
  if (startsWith(words, BEGINS) !== undefined) return true;
  const joining = startsWith(words, JOINING);
  return joining !== undefined && takeSetting(words) !== undefined;
}

function takeSetting(
  words: readonly Word[],
): { readonly setting: Setting; readonly rest: readonly Word[] } | undefined {
  const allowing = startsWith(words, ALLOWING);
  const blocking = startsWith(words, BLOCKING);
  const fixed = startsWith(words, FIXED);
  const longest = Math.max(allowing?.length ?? 0, blocking?.length ?? 0, fixed?.length ?? 0);
  if (fixed !== undefined && fixed.length === longest) {
    const said = fixed.join(" ");
    const setting = PHRASES.find((entry) => entry.said.includes(said))?.setting ?? {};
    return { setting, rest: words.slice(fixed.length) };
  }
  const list = blocking?.length === longest ? blocking : allowing;
  if (list !== undefined) return takeList(words.slice(list.length), list === blocking ? "block" : "allow");
  const behind = modelsOnly(words);
  if (behind !== undefined) return behind;
  const joining = startsWith(words, JOINING);
  return joining !== undefined && words.length > joining.length
    ? takeSetting(words.slice(joining.length))
    : undefined;
}

/** Models up to where something else begins. */
function takeList(words: readonly Word[], mode: "allow" | "block") {
  const end = words.findIndex(
    (word, at) => at > 0 && !word.quoted && startsWith(words.slice(at), FIXED) !== undefined,
  );
  const stop = end === -1 ? words.length : end;
  const listed = withoutJoining(words.slice(0, stop));
  const models = takeListedNames(listed);
  return models.length === 0 ? undefined : { setting: { list: { mode, models } }, rest: words.slice(stop) };
}

function withoutJoining(words: readonly Word[]): readonly Word[] {
  const last = words.at(-1);
  const isJoining = last !== undefined && !last.quoted && ["and", "with"].includes(last.lower);
  return isJoining ? words.slice(0, -1) : words;
}

/** "With Authenticator only". */
function modelsOnly(words: readonly Word[]) {
  const opening = startsWith(words, WITH);
  const end = words.at(-1);
  if (opening === undefined || words.length < opening.length + 2 || end?.quoted || end?.lower !== "only")
    return undefined;
  return takeList(words.slice(opening.length, -1), "allow");
}
