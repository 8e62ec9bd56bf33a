import { CONFUSABLES } from "./confusables.js";

/** Not seen, or hardly: what is ignorable, marks above and below a letter, blanks. */
const HARDLY_SEEN = /[\p{Default_Ignorable_Code_Point}\p{Script=Inherited}\p{Z}\p{Cc}\p{Cf}\u2800]/gu;

/**
 * Whether a person may take one name for the other: their letters are drawn alike (UTS #39), as they are written or in
 * the other case, which neither Entra nor a reader goes by.
 */
export function looksLike(one: string, other: string): boolean {
  const skeletons = skeletonsOf(one);
  return skeletonsOf(other).some((skeleton, at) => skeleton === skeletons[at]);
}

/** What of a name is compared: as written, in small letters, in capitals. Prepared once for a name that meets many. */
export function skeletonsOf(name: string): readonly string[] {
  return [name, name.toLowerCase(), name.toUpperCase()].map(skeleton);
}

function skeleton(text: string): string {
  const drawn = [...apart(text)].map((character) => CONFUSABLES.get(character) ?? character).join("");
  return (
    apart(drawn)
      .toLowerCase()
      // The table has "I", "l", "1" and "|" as one; in small letters "i" is the same letter as "I".
      .replaceAll("i", "l")
      .replaceAll("vv", "w")
  );
}

function apart(text: string): string {
  return text.normalize("NFKD").replace(HARDLY_SEEN, "");
}
