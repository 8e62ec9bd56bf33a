import { type Aaguid, toAaguid } from "./policy.js";

const DIGITS = 32;
const PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
/** What people put around an AAGUID: brackets, quotes, its name, the form of a URN. */
const OPENING = "[{(<\"'";
const CLOSING = "]})>\"'.:;";
const NAME = /^["']?(?:(?:aa)?guid|id)["']?\s*[:=]?\s*["']?(?=[0-9a-f])/i;
const URN = /^urn:uuid:/i;
/** Longer than an AAGUID in any of these forms. */
const LONGEST = 120;
/** Digits and hyphens only, or nearly so. */
const LIKE = /^[0-9a-z]+(?:-[0-9a-z]+)*-?$/i;

/** What keeps a text from being the AAGUID that it was meant to be. */
export type AaguidSlip =
  /** So many digits, where an AAGUID has 32. */
  | { readonly kind: "digits"; readonly digits: number }
  /** A letter that is no digit: digits are 0 to 9 and a to f. */
  | { readonly kind: "letter"; readonly letter: string }
  /** As many digits as it should have, with hyphens in other places. */
  | { readonly kind: "hyphens" };

/** An entry of a list of models, and why it is not understood. */
export interface WrongEntry {
  readonly typed: string;
  /** Of the message, where it has several. */
  readonly line?: number;
  readonly wrong:
    | AaguidSlip
    | { readonly kind: "unknown" }
    /** Several models have this name, or only similar names are known. */
    | { readonly kind: "several" }
    /** The name is that of another model than the AAGUID beside it. */
    | { readonly kind: "other-model" };
}

/** An AAGUID as people paste it: in any case, without hyphens, in braces or quotes, with its name before it, as a URN. */
export function typedAaguid(text: string): Aaguid | undefined {
  if (text.length > LONGEST || text.length < DIGITS) return undefined;
  const own = toAaguid(text);
  if (own !== undefined) return own;
  const bare = withoutWrapping(text);
  return toAaguid(bare.replaceAll(" ", "").replace(PARTS, "$1-$2-$3-$4-$5")) ?? toAaguid(bare);
}

/** What is wrong with a text that was clearly meant as an AAGUID. undefined: it is one, or was not meant as one. */
export function aaguidSlip(text: string): AaguidSlip | undefined {
  if (text.length > LONGEST || typedAaguid(text) !== undefined) return undefined;
  const bare = withoutWrapping(text);
  if (!LIKE.test(bare) || !isMeant(bare)) return undefined;
  const letter = /[g-z]/i.exec(bare)?.[0];
  if (letter !== undefined) return { kind: "letter", letter };
  const digits = bare.replaceAll("-", "").length;
  return digits === DIGITS ? { kind: "hyphens" } : { kind: "digits", digits };
}

/** In parts like those of an AAGUID, or a row of digits about as long as one. */
function isMeant(bare: string): boolean {
  const parts = bare.split("-");
  const isHex = (part: string) => /^[0-9a-f]+$/i.test(part);
  const [first = "", second = ""] = parts;
  if (parts.length >= 3 && isHex(first) && isHex(second) && first.length >= 6 && /\d/.test(bare)) return true;
  const hex = bare.match(/[0-9a-f]/gi)?.length ?? 0;
  return hex >= 20 && hex >= bare.replaceAll("-", "").length - 4 && /\d/.test(bare);
}

function withoutWrapping(text: string): string {
  let bare = text.trim();
  let before = "";
  while (bare !== before) {
    before = bare;
    while (bare !== "" && OPENING.includes(bare[0] ?? "")) bare = bare.slice(1);
    while (bare !== "" && CLOSING.includes(bare.at(-1) ?? "")) bare = bare.slice(0, -1);
    bare = bare.replace(NAME, "").replace(URN, "").trim();
  }
  return bare;
}
