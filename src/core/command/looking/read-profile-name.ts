import type { Reader } from "../reader.js";
import { asWritten, type Word } from "../words.js";

/** A profile by its name. */
export const readProfileName: Reader<"profileName"> = (_, rest) => {
  const name = nameIn(rest);
  // "Remove Titan from the default profile" is no name.
  const isMore = rest.some(({ lower, quoted }) => !quoted && lower === "from");
  return name === undefined || isMore ? undefined : { kind: "arguments", arguments: { profile: name } };
};

/** One group by its name, with or without what it is. */
export const readGroupName: Reader<"groupName"> = (_, rest) => {
  const [first] = rest;
  const isKind = first !== undefined && !first.quoted && ["group", "the"].includes(first.lower);
  const name = nameIn(isKind && rest.length > 1 ? rest.slice(1) : rest);
  return name === undefined ? undefined : { kind: "arguments", arguments: { group: name } };
};

/** Any words may follow: the answer is the same. */
export const readAnything: Reader<"anything"> = () => ({ kind: "arguments", arguments: {} });

function nameIn(rest: readonly Word[]): string | undefined {
  const name = asWritten(rest).replace(/[?\s]+$/, "");
  return name === "" ? undefined : name;
}
