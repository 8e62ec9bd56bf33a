import type { CommandRow } from "./command-row.js";
import { type ProfilePart, takeKind, takeListedNames, takeProfile } from "./listed-names.js";
import { isOrdinaryWord } from "./ordinary-words.js";
import { notUnderstood, type Read, type Reader } from "./reader.js";
import type { Word } from "./words.js";

/** Models with commas, the profile they are meant for, and before or behind it the kind that it is to admit. */
export const readModels: Reader<"models"> = (row, rest) => {
  const behind = kindIn(row, rest);
  const { before: said, profile } = takeProfile(behind.before, row.fromProfile ?? false);
  const { before, type } = kindIn(row, said);
  const models = takeListedNames(before);
  if (models.length === 0) return modelMissing(row);
  if (isChat(before)) return undefined;
  const isSaidTwice = type !== undefined && behind.type !== undefined;
  if (profile.kind === "unclear" || isSaidTwice) return notUnderstood(row, rest.slice(before.length));
  const admits = type ?? behind.type;
  const kind = admits === undefined ? {} : { admits };
  return { kind: "arguments", arguments: { models, ...named(profile), ...kind } };
};

const kindIn = (row: CommandRow, words: readonly Word[]): ReturnType<typeof takeKind> =>
  row.withKind ? takeKind(words) : { before: words };

/** `in profile X`, or nothing. */
export const readProfile: Reader<"profile"> = (row, rest) => {
  const { before, profile } = takeProfile(rest, row.fromProfile ?? false);
  if (before.length > 0 || profile.kind === "unclear") return notUnderstood(row, rest);
  return { kind: "arguments", arguments: named(profile) };
};

/** One model, whose name may have commas. */
export const readOneModel: Reader<"oneModel"> = (row, rest) => {
  if (rest.length === 0) return modelMissing(row);
  if (isChat(rest)) return undefined;
  const last = rest.length - 1;
  const model = rest.map((word, at) => (word.comma && at < last ? `${word.text},` : word.text)).join(" ");
  return { kind: "arguments", arguments: { model } };
};

function named(profile: ProfilePart): { readonly profile?: string } {
  return profile.kind === "named" ? { profile: profile.name } : {};
}

function isChat([first]: readonly Word[]): boolean {
  return first !== undefined && !first.quoted && isOrdinaryWord(first.lower);
}

function modelMissing(row: CommandRow): Read<never> {
  return { kind: "reply", reply: { code: "model-missing", command: row.says[0] } };
}
