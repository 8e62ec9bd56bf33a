import { typedAaguid } from "../policy/typed-aaguid.js";
import type { Reply } from "./command.js";
import type { CommandRow } from "./command-row.js";
import { isArticleWithModel } from "./lists/before-model.js";
import { withoutLeadIn } from "./lists/list-words.js";
import { type ListedModel, listedModels } from "./lists/listed-models.js";
import { piecesOf } from "./lists/pieces.js";
import { isOrdinaryWord } from "./ordinary-words.js";
import { kindNamed, takeKind } from "./profiles/take-kind.js";
import { type ProfilePart, takeProfile } from "./profiles/take-profile.js";
import { notUnderstood, type Read, type Reader } from "./reader.js";
import { phrase, type Word } from "./words.js";

/** Those in use, or any that there are: it is asked which. */
const ANY =
  /^(?:everything|anything|all|any|(?:all|any|every) (?:of the )?(?:keys?|security keys?|passkeys?|models?|authenticators?|devices?))$/;
const LIST = /^(?:to|on|from|off) (?:the |our )?(?:list|allow list|allow-?list|whitelist)$/;

/** Models with commas, the profile they are meant for, and before or behind it the kind that it is to admit. */
export const readModels: Reader<"models"> = (row, rest) => {
  const behind = kindIn(row, rest);
  const { before: said, profile } = takeProfile(behind.before, row);
  const { before, type } = kindIn(row, said);
  const pieces = withoutLeadIn(piecesOf(withoutList(before)));
  if (row.says[0] === "allow" && meansAny(before)) return askAgain({ code: "which-models" });
  if (row.says[0] === "remove" && phrase(before) === "everything") return modelMissing(row);
  // A kind is another command's.
  if (kindNamed(before) !== undefined) return undefined;
  if (isChat(pieces[0]) && !isArticleWithModel(pieces)) return undefined;
  if (row.mayBeChat && before.some(isElsewhere)) return undefined;
  if (row.needsProfile && profile.kind === "none") return undefined;
  const listed = listedModels(pieces, row.says);
  if (listed.length === 0) return modelMissing(row);
  const isSaidTwice = type !== undefined && behind.type !== undefined;
  if (profile.kind === "unclear" || isSaidTwice) return notUnderstood(row, rest.slice(before.length));
  const admits = type ?? behind.type;
  const kind = admits === undefined ? {} : { admits };
  return { kind: "arguments", arguments: { ...typed(listed), ...named(profile), ...kind } };
};

/** On which line each stands is said where there is more than one line. */
function typed(listed: readonly ListedModel[]): {
  readonly models: readonly string[];
  readonly lines?: readonly number[];
} {
  const models = listed.map(({ text }) => text);
  const lines = listed.map(({ line }) => line);
  return new Set(lines).size > 1 ? { models, lines } : { models };
}

function meansAny(words: readonly Word[]): boolean {
  return ANY.test(phrase(words)) && words.every(({ quoted }) => !quoted);
}

/** "from the list" says nothing more. */
function withoutList(words: readonly Word[]): readonly Word[] {
  for (let at = Math.max(words.length - 4, 1); at < words.length - 1; at += 1) {
    if (LIST.test(phrase(words.slice(at))) && words.slice(at).every(({ quoted }) => !quoted))
      return words.slice(0, at);
  }
  return words;
}

const kindIn = (row: CommandRow, words: readonly Word[]): ReturnType<typeof takeKind> =>
  row.withKind ? takeKind(words) : { before: words };

/** `in profile X`, or nothing. */
export const readProfile: Reader<"profile"> = (row, rest) => {
  const { before, profile } = takeProfile(rest, row);
  if (before.length > 0 || profile.kind === "unclear") return notUnderstood(row, rest);
  return { kind: "arguments", arguments: named(profile) };
};

/** One model, whose name may have commas. */
export const readOneModel: Reader<"oneModel"> = (row, words) => {
  if (words.length === 0) return row.mayBeChat ? undefined : modelMissing(row);
  const rest = isArticleWithModel(piecesOf(words)) ? words.slice(1) : words;
  if (isChat(rest[0]) || rest.some(isVerb) || (row.mayBeChat && rest.length === 1 && isAnyKey(rest)))
    return undefined;
  const last = rest.length - 1;
  const model = rest.map((word, at) => (word.comma && at < last ? `${word.text},` : word.text)).join(" ");
  // A hyphen too few changes nothing of what is only looked at.
  const aaguid = typedAaguid(model) ?? typedAaguid(model.replaceAll("-", ""));
  return { kind: "arguments", arguments: { model: aaguid ?? model } };
};

function named(profile: ProfilePart): { readonly profile?: string } {
  return profile.kind === "named" ? { profile: profile.name } : {};
}

/** "Who has a key?" may be about a door. */
function isAnyKey([first]: readonly Word[]): boolean {
  return first !== undefined && /^(key|passkey|plan|token|card)s?[?!]*$/.test(first.lower);
}

/** "Titan keys should not be allowed" asks nothing. */
function isVerb({ lower, quoted }: Word): boolean {
  return !quoted && /^(?:should|shouldn't|must|mustn't|not|be)$/.test(lower);
}

function isChat(first: { readonly text: string; readonly quoted: boolean } | undefined): boolean {
  return first !== undefined && !first.quoted && isOrdinaryWord(first.text.toLowerCase());
}

/** "Add grapes to the list" is no list of ours. */
function isElsewhere({ lower, quoted }: Word): boolean {
  return !quoted && /^(?:to|for|in|into|on|with|at|about|from|of)$/.test(lower);
}

function modelMissing(row: CommandRow): Read<never> {
  return askAgain({ code: "model-missing", command: row.says[0] });
}

function askAgain(reply: Reply): Read<never> {
  return { kind: "reply", reply };
}
