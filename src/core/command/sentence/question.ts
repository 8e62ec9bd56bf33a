import type { Word } from "../words.js";

/** Whether a sentence among the words ends with a question's mark. What is in quotes is a name. */
export function isQuestion(words: readonly Word[]): boolean {
  return words.some(({ quoted, lower }) => !quoted && /[?؟]["')\].,!;:]*$/u.test(lower));
}

/** A sentence as it is said and not asked. */
export function withoutMark(sentence: string): string {
  let end = sentence.length;
  while (end > 0 && "?？؟ ".includes(sentence[end - 1] ?? "")) end -= 1;
  return sentence.slice(0, end);
}

/** The words of a question as they are said and not asked. What is in quotes is a name. */
export function withoutQuestionMark(words: readonly Word[]): readonly Word[] {
  const last = words.at(-1);
  if (last === undefined || last.quoted) return words;
  const [text, raw] = [withoutMark(last.text), withoutMark(last.raw)];
  const before = words.slice(0, -1);
  // Alone it asks for help.
  if (text === last.text || (text === "" && before.length === 0)) return words;
  return text === "" ? before : [...before, { ...last, text, raw, lower: text.toLowerCase() }];
}
