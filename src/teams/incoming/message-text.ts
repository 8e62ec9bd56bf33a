/** Far more than the longest command with all the markup an editor may put around it. */
export const CLEANED_AT_MOST_CHARACTERS = 16_000;

/**
 * What a person typed, without what Teams' editor adds: tags, mentions' markup, entities. A text that is too long
 * for any command comes back as it is: its writer is told its length, and no time goes into cleaning it.
 * @param botName the bot's name, as Teams calls it in this conversation
 */
export function messageText(text: string, botName?: string): string {
  if (text.length > CLEANED_AT_MOST_CHARACTERS) return text;
  return (
    text
      // The bot's own mention at the start, for clients that send no entity that says so.
      .replace(/^(?:\s|&nbsp;)*<at\b[^<>]*>([^<>]*)<\/at>/i, (mention, name: string) =>
        name.trim().toLowerCase() === botName?.toLowerCase() ? "" : mention,
      )
      .replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, "\n")
      // A tag ends before the next one begins, or a row of open brackets would be read again from each of them.
      .replace(/<\/?[a-z][^<>]*>/gi, "")
      .replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (entity, name: string) => decoded(name.toLowerCase()) ?? entity)
      .trim()
  );
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  // Written for a blank that is kept, and for one that was typed: a name is looked up with either.
  nbsp: "\u00a0",
};

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return NAMED[name];
  const point = name.startsWith("#x")
    ? Number.parseInt(name.slice(2), 16)
    : Number.parseInt(name.slice(1), 10);
  const isHalf = point >= 0xd800 && point <= 0xdfff;
  return point > 0 && point <= 0x10ffff && !isHalf ? String.fromCodePoint(point) : undefined;
}
