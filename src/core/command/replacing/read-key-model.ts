import { isOrdinaryWord } from "../ordinary-words.js";
import type { Reader } from "../reader.js";

const BEHIND = /\s+(?:from now on|from today|now)$/i;
/** A passkey is none. */
const KEY_LIKE = /(?<!pass)key|authenticator|hello/i;
/** Says nothing of which. */
const ANY_KEY = /^(?:pass)?keys?$/i;
const NAME_AT_MOST_WORDS = 5;

/** Models where the words around them are said of anything: only what is called like an authenticator is meant. */
export const readKeyModel: Reader<"keyModel"> = (_, rest) => {
  const said = rest.map(({ text }) => text).join(" ");
  const model = said.replace(BEHIND, "").replace(/[?!]+$/, "");
  const words = model.toLowerCase().split(" ");
  if (words.length > NAME_AT_MOST_WORDS || !KEY_LIKE.test(model) || ANY_KEY.test(model)) return undefined;
  if (words.some((word) => word === "for" || isOrdinaryWord(word))) return undefined;
  return { kind: "arguments", arguments: { model } };
};
