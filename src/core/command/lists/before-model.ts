import type { Piece } from "./pieces.js";

/** What may stand before a model's name, and before anything else just as well. */
const ARTICLE = /^(?:the|a|an|all|any|every|of|our)$/;
/** A word that authenticators are called by. */
const MODEL_LIKE = /key|authenticator|hello|fido|passkey/;
/** Makers whose keys are spoken of in lower case. */
const MAKER = /^(?:titan|feitian|token2|yubico|google|solo|nitro|nymi|thales|onespan|trustkey)/;
/** How a name is written: with a capital letter, or with a digit among letters. */
const PROPER_NAME = /^\p{Lu}|\p{L}\d|\d\p{L}/u;
const THING = /^(?:security )?(?:keys?|passkeys?|models?|authenticators?|devices?|tokens?)$/;
/** What else may be allowed or removed, in a sentence that is not about a model. */
const NO_MODEL =
  /^(?:groups?|profiles?|people|users?|admins?|teams?|everyone|everybody|polic(?:y|ies)|plans?|lists?|who|that|to)$/i;
/** A longer text after an article is a story. */
const NAME_AT_MOST_WORDS = 6;

/** Whether these words are articles and a model's name: "all YubiKeys", "the Titan". Ordinary chat begins so, too. */
export function isArticleWithModel(pieces: readonly Piece[]): boolean {
  const start = pieces.findIndex(({ text }) => !ARTICLE.test(text.toLowerCase()));
  if (start < 1) return false;
  const end = pieces.findIndex(({ comma, line }) => comma || line !== pieces[0]?.line);
  const name = pieces.slice(start, end < start ? undefined : end + 1);
  const [first, ...more] = name;
  if (first === undefined || name.length > NAME_AT_MOST_WORDS) return false;
  if (name.some(({ text, quoted }) => quoted || NO_MODEL.test(text))) return false;
  // "All keys" names none of them.
  if (more.length === 0 && THING.test(first.text.toLowerCase())) return false;
  const word = first.text.toLowerCase();
  return PROPER_NAME.test(first.text) || MODEL_LIKE.test(word) || MAKER.test(word);
}
