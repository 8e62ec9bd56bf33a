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

/** The words of a question as they are said and not asked; none are left of a mark alone. What is in quotes is a name. */
export function withoutMarks(words: readonly Word[]): readonly Word[] {
  const last = words.at(-1);
  if (last === undefined || last.quoted) return words;
  const text = withoutMark(last.text);
  const before = words.slice(0, -1);
  return text === ""
    ? before
    : [...before, { ...last, text, lower: text.toLowerCase(), raw: withoutMark(last.raw) }];
}
