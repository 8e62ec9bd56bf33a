import type { Json } from "../json.js";

/**
 * What a reader cannot see, or cannot tell from a plain blank: control and format characters, fillers, other blanks, a
 * blank after another; and a brace that would begin a date.
 */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|(?! )\p{Zs}|(?<= ) |(?<=\{)\{/gu;
const AT_AN_END = /^ | $/g;
/** What an escaped character takes. */
const ESCAPED_LENGTH = 6;

/** JSON in pieces of at most so many characters, each of which can be seen: two values that differ never look the same. */
export function exactJson(value: Json, length: number): readonly string[] {
  const size = length - 2 * ESCAPED_LENGTH;
  const characters = [...JSON.stringify(value).replace(UNSEEN, escaped)];
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, at) =>
    characters
      .slice(at * size, (at + 1) * size)
      .join("")
      .replace(AT_AN_END, escaped),
  );
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
