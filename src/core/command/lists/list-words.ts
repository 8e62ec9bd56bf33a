import { typedAaguid } from "../../policy/typed-aaguid.js";
import type { Piece } from "./pieces.js";

const THINGS =
  "(?:keys?|security keys?|passkeys?|models?|authenticators?|aa ?guids?|guids?|devices?|ones?|list|ids?)";
const MANY = "(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|all|new)";
/** "these two keys", "the following", "AAGUIDs": begins a list, and is no part of it. */
const LEAD_IN = new RegExp(
  `^(?:(?:all )?(?:of )?(?:the following|following|these|those|this|the)(?: ${MANY})*(?: ${THINGS})?|${THINGS})(?: (?:please|too|as well))?$`,
);
const IS_THING = new RegExp(`\\b${THINGS}$`);
const LONGEST_LEAD_IN_WORDS = 7;
/** "AAGUID", "the key": says of one entry what it is. */
const LABEL = new RegExp(`^(?:the |this |these )?(?:${THINGS} )?${THINGS}$`);
const LONGEST_LABEL = 40;
/** Titles of a table's columns that name a model; one of them has to be there. */
const TELLING_TITLE =
  /^(?:aa ?guids?|guids?|ids?|(?:authenticator|model|key|device|product)s?(?: names?| ids?)?|names?|descriptions?)$/;
const TITLE =
  /^(?:vendors?|makers?|manufacturers?|firmware|versions?|types?|kinds?|comments?|notes?|count|people|users|owners?|status|certification|no|nr|#|)$/;
const THANKS =
  /^(?:many )?(?:thanks?(?: you)?(?: very much| a lot| in advance)?|thx|ty|cheers|best(?: regards)?|(?:kind )?regards|merci|danke)(?: (?:all|team|latchkey))?$/;

/** Without what only announces the list. It has to end with a colon, with the line, before an AAGUID, or be all there is. */
export function withoutLeadIn(pieces: readonly Piece[]): readonly Piece[] {
  const start = pieces.slice(0, LONGEST_LEAD_IN_WORDS + 1);
  for (let length = Math.min(start.length, LONGEST_LEAD_IN_WORDS); length > 0; length -= 1) {
    const said = start.slice(0, length);
    if (said.some(({ quoted }) => quoted)) continue;
    const text = said.map((piece) => piece.text).join(" ");
    const next = start[length];
    const endsLine = next !== undefined && next.line !== said.at(-1)?.line;
    const isAll = next === undefined && IS_THING.test(bare(text));
    const ends = isAll || text.endsWith(":") || endsLine || typedAaguid(next?.text ?? "") !== undefined;
    if (ends && (text === ":" || LEAD_IN.test(bare(text)))) return pieces.slice(length);
  }
  return pieces;
}

/** Whether these words only say that an AAGUID or a model comes. */
export function isLabel(text: string): boolean {
  return text.length <= LONGEST_LABEL && LABEL.test(bare(text));
}

/** Which columns of a table name a model, by the line of its titles. undefined: these are no titles. */
export function columnsOf(
  cells: readonly string[],
): { readonly count: number; readonly telling: readonly number[] } | undefined {
  const titles = cells.map(bare);
  const telling = [...titles.keys()].filter((at) => TELLING_TITLE.test(titles[at] ?? ""));
  const areTitles = titles.every((title) => TELLING_TITLE.test(title) || TITLE.test(title));
  return telling.length > 0 && areTitles ? { count: titles.length, telling } : undefined;
}

/** Whether a line only says thanks. */
export function isThanks(text: string): boolean {
  return text.length < 60 && THANKS.test(bare(text));
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[_-]/g, " ")
    .replace(/[:=!.,]/g, "")
    .trim();
}
