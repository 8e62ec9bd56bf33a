import { beginsChat } from "../groups/begins-chat.js";
import { takeListedNames } from "../listed-names.js";
import type { Read, Reader } from "../reader.js";
import { asWritten, startsWith, type Word } from "../words.js";
import { takeProfile } from "./take-profile.js";

const PROFILE: readonly string[] = ["profile", "the profile", "passkey profile", "the passkey profile"];

/** "Synced to Helpdesk", "profile Synced to Helpdesk", "the Synced profile to Helpdesk", "Helpdesk to profile Synced". */
export const readAssignment: Reader<"assignment"> = (row, rest) => {
  const between = row.fromProfile ? "from" : "to";
  const at = rest.findLastIndex(({ lower, quoted }) => !quoted && lower === between);
  const [first, second] = [rest.slice(0, at), rest.slice(at + 1)];
  if (at <= 0 || second.length === 0) return undefined;
  const { before, profile } = takeProfile(rest, row);
  if (profile.kind === "named") return assigned(before, profile.name);
  return assigned(second, nameOf(first));
};

/** "Profile Synced", where the words around it say that it is for everybody. */
export const readEverybodysProfile: Reader<"everybodysProfile"> = (_, rest) => {
  const profile = nameOf(rest);
  return profile === undefined ? undefined : { kind: "arguments", arguments: { to: "everyone", profile } };
};

function assigned(groups: readonly Word[], profile: string | undefined): Read<"assignment"> {
  if (profile === undefined || groups.length === 0 || beginsChat(groups)) return undefined;
  return { kind: "arguments", arguments: { groups: takeListedNames(groups, asWritten), profile } };
}

/** A profile's name, with or without what it is: "the Synced profile", "profile Synced", "Synced". */
function nameOf(words: readonly Word[]): string | undefined {
  const opening = startsWith(words, PROFILE);
  const end = words.at(-1);
  const isBehind = opening === undefined && end?.lower === "profile" && !end.quoted;
  const start = opening?.length ?? (isBehind && words[0]?.lower === "the" ? 1 : 0);
  const name = words.slice(start, isBehind ? -1 : undefined);
  return name.length === 0 || beginsChat(name) ? undefined : name.map(({ text }) => text).join(" ");
}
