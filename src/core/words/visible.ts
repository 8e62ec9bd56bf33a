/**
 * Characters that show nothing, or turn the direction of what stands beside them: ignorable ones (zero-width, soft
 * hyphen, variation selectors, tags), direction marks, controls, what no font has a sign for, an empty Braille cell,
 * and blanks that are not the ordinary one.
 */
const UNSEEN =
  /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/gu;
/** In an emoji such characters are part of one sign. The flag `v` is not in the language the compiler is told to expect. */
const [RGI_EMOJI, EVERY_BY_SETS] = ["\\p{RGI_Emoji}", "gv"];
const EMOJI = new RegExp(RGI_EMOJI, EVERY_BY_SETS);

/** "Help⟨U+200B⟩desk": every character that would not be seen, as its code point. The rest as it is. */
export function visible(text: string): string {
  if (text.search(UNSEEN) === -1) return text;
  return outsideEmoji(text, (part) => part.replace(UNSEEN, codePoint));
}

/** The same with another way to write such a character. */
export function replaceUnseen(text: string, write: (character: string) => string): string {
  return text.replace(UNSEEN, write);
}

/** "⟨U+200B⟩". */
export function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

function outsideEmoji(text: string, change: (part: string) => string): string {
  let changed = "";
  let from = 0;
  for (const emoji of text.matchAll(EMOJI)) {
    changed += change(text.slice(from, emoji.index)) + emoji[0];
    from = emoji.index + emoji[0].length;
  }
  return changed + change(text.slice(from));
}
