/** The text on one line, without characters that are invisible or turn the writing direction. */
export function oneLine(text: string): string {
  return (
    text
      // Direction marks and invisible characters can make a name read as another one.
      .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, "")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
      // Adaptive Cards replace {{DATE(...)}} and {{TIME(...)}} wherever they stand.
      .replace(/\{(?=\{)/g, "{ ")
      .trim()
  );
}

/** At most so many characters, the last of them an ellipsis where something is left out. */
export function clip(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}
