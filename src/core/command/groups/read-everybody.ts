import { notUnderstood, type Reader } from "../reader.js";
import { asWritten, type Word } from "../words.js";

const FOR: ReadonlySet<string> = new Set(["for", "in"]);
const BEFORE_NAME: ReadonlySet<string> = new Set(["group", "groups", "the"]);

/** Nothing. "For contractors" is no part of it, and the two changes that may be meant are offered. */
export const readEverybody: Reader<"everybody"> = (row, rest) => {
  const [first, ...others] = rest;
  if (first === undefined) return { kind: "arguments", arguments: {} };
  const group = nameIn(others);
  if (first.quoted || !FOR.has(first.lower) || group === "") return notUnderstood(row, rest);
  const offers = [`exclude group ${group}`, `remove group ${group}`];
  return { kind: "reply", reply: { code: "off-for-some", offers } };
};

function nameIn(words: readonly Word[]): string {
  const start = words.findIndex(({ lower, quoted }) => quoted || !BEFORE_NAME.has(lower));
  const name = start === -1 ? "" : asWritten(words.slice(start)).replace(/[?!.]+$/, "");
  // As it may be said again.
  return /[,"]|\band\b/i.test(name) ? `"${name.replaceAll('"', "")}"` : name;
}
