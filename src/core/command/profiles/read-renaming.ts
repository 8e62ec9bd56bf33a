import { notUnderstood, type Reader } from "../reader.js";
import { asWritten, type Word } from "../words.js";

const TO: ReadonlySet<string> = new Set(["to", "into", "as", "->", "→"]);

/** "Synced to Cloud keys", "the Synced profile to Cloud". */
export const readRenaming: Reader<"renaming"> = (row, rest) => {
  const at = rest.findIndex(({ lower, quoted }, place) => place > 0 && !quoted && TO.has(lower));
  const [old, name] = [profileIn(rest.slice(0, Math.max(at, 0))), written(rest.slice(at + 1))];
  if (at === -1) return { kind: "reply", reply: { code: "new-name-missing", profile: profileIn(rest) } };
  if (old === "" || name === "") return notUnderstood(row, rest);
  return { kind: "arguments", arguments: { profile: old, name } };
};

/** A profile's name, with or without what it is. */
function profileIn(words: readonly Word[]): string {
  const last = words.at(-1);
  const isBehind = words.length > 1 && last?.lower === "profile" && !last.quoted;
  const [first] = words;
  const isArticle = isBehind && first?.lower === "the" && !first.quoted;
  return written(words.slice(isArticle ? 1 : 0, isBehind ? -1 : undefined));
}

/** A full stop behind it ends the message. */
function written(words: readonly Word[]): string {
  return asWritten(
    words.map((word, at) => (at === words.length - 1 ? { ...word, end: "", comma: false } : word)),
  );
}
