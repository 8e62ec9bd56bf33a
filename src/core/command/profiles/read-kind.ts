import type { Reader } from "../reader.js";
import { phrase, startsWith } from "../words.js";
import { kindNamed } from "./take-kind.js";
import { takeProfile } from "./take-profile.js";

const ONLY: readonly string[] = ["only", "nothing but", "just"];

/** "Synced passkeys in profile Staff": a kind, and whose it is to be. What names a model is none of this. */
export const readKind: Reader<"kind"> = (row, rest) => {
  const { before, profile } = takeProfile(rest, { ...row, fromProfile: true });
  const type = kindNamed(before);
  if (type === undefined || profile.kind === "unclear") return undefined;
  return {
    kind: "arguments",
    arguments: { type, ...(profile.kind === "named" ? { profile: profile.name } : {}) },
  };
};

/** "Only device-bound passkeys in profile Staff": the other kind is to go. */
export const readOtherKind: Reader<"otherKind"> = (row, rest, read) => {
  const words = rest.slice(startsWith(rest, ONLY)?.length ?? 0);
  const named = readKind(row, words, read);
  if (named === undefined || named.kind === "reply" || phrase(words) === "") return undefined;
  const { type, ...profile } = named.arguments;
  return {
    kind: "arguments",
    arguments: { type: type === "synced" ? "deviceBound" : "synced", ...profile },
  };
};
