import { takeListedNames } from "../listed-names.js";
import { takeProfile } from "../profiles/take-profile.js";
import { notUnderstood, type Reader } from "../reader.js";
import { asWritten, startsWith } from "../words.js";
import { beginsChat } from "./begins-chat.js";

/** What people say behind the groups, and means nothing more. */
const ABOUT_PASSKEYS: readonly string[] = ["to passkeys", "from passkeys", "for passkeys"];

/** Groups with commas, and the profile they are meant for. */
export const readGroups: Reader<"groups"> = (row, words) => {
  const { before, profile } = takeProfile(words, row);
  const isAboutPasskeys = startsWith(before.slice(-2), ABOUT_PASSKEYS) !== undefined;
  const named = isAboutPasskeys ? before.slice(0, -2) : before;
  const [first] = named;
  if (first === undefined) return { kind: "reply", reply: { code: "group-missing", command: row.says[0] } };
  if (row.mayBeChat && beginsChat(named)) return undefined;
  if (row.needsProfile && profile.kind === "none") return undefined;
  if (profile.kind === "unclear") return notUnderstood(row, words.slice(before.length));
  const groups = takeListedNames(named, asWritten);
  return {
    kind: "arguments",
    arguments: { groups, ...(profile.kind === "named" ? { profile: profile.name } : {}) },
  };
};
