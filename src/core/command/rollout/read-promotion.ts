import { editDistance } from "../../../text/edit-distance.js";
import { beginsChat } from "../groups/begins-chat.js";
import { takeListedNames } from "../listed-names.js";
import { takeProfile } from "../profiles/take-profile.js";
import { notUnderstood, type Reader } from "../reader.js";
import { asWritten, phrase, startsWith, type Word } from "../words.js";
import { meansEveryone } from "./everyone.js";

const TO: ReadonlySet<string> = new Set(["to", "for"]);
const GROUP: readonly string[] = ["group", "groups", "the group", "the groups"];
/** "It" is the pilot, and "IT" a department. */
const PILOT =
  /^(?:(?:[Tt]he|our|[Pp]asskey|from) )*(?:[Pp]ilot|[Pp]ilots|[Pp]ilot group|[Pp]asskeys?|it|this|[Rr]ollout)?$/;

/** "Pilot to all users", "the pilot to Finance", "to IT, HR": from whom, when a group is named, and to whom. */
export const readPromotion: Reader<"promotion"> = (row, rest) => {
  const { before, profile } = takeProfile(rest, {});
  if (row.asksAboutRest && rest.length === 0) return { kind: "reply", reply: { code: "to-whom-missing" } };
  const at = before.findIndex(({ lower, quoted }) => !quoted && TO.has(lower));
  if (at === -1 || profile.kind === "unclear") return undefined;
  const [from, to] = [groupIn(before.slice(0, at)), before.slice(at + 1)];
  const names = namesOf(to);
  const everyone = names.some(meansEveryone);
  if (names.length === 0 || (!everyone && isChat(withoutGroup(to)))) return undefined;
  if (everyone && names.length > 1) return notUnderstood(row, to);
  const isNamed = from.some(({ quoted }) => quoted) || !PILOT.test(from.map(({ raw }) => raw).join(" "));
  // "Iplot" is the pilot with a slip.
  if (isNamed && (isChat(from) || editDistance(phrase(from), "pilot") <= 1)) return undefined;
  return {
    kind: "arguments",
    arguments: {
      to: everyone ? "everyone" : names,
      ...(isNamed ? { from: asWritten(from) } : {}),
      ...(profile.kind === "named" ? { profile: profile.name } : {}),
    },
  };
};

/** Short names in capitals look like ordinary words in small letters. */
function isChat(words: readonly Word[]): boolean {
  return beginsChat(words) && !/^\p{Lu}{2,}$/u.test(words[0]?.raw ?? "");
}

/** "The pilot from Finance": Finance. */
function groupIn(words: readonly Word[]): readonly Word[] {
  const from = words.findLastIndex(({ lower, quoted }) => !quoted && lower === "from");
  return withoutGroup(words.slice(from + 1));
}

function namesOf(words: readonly Word[]): readonly string[] {
  return takeListedNames(withoutGroup(words), asWritten).map((name) => name.replace(/[.!]+$/, ""));
}

function withoutGroup(words: readonly Word[]): readonly Word[] {
  const group = startsWith(words, GROUP)?.length ?? 0;
  return words.length > group ? words.slice(group) : words;
}
