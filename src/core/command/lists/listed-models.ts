import { typedAaguid } from "../../policy/typed-aaguid.js";
import { columnsOf, isLabel, isThanks } from "./list-words.js";
import type { Piece } from "./pieces.js";

/** A model as it was typed, and the line of the message it stands on. */
export interface ListedModel {
  readonly text: string;
  readonly line: number;
}

type Cell = readonly Piece[];
type Row = readonly Cell[];

/** Beside an AAGUID these are no name for it. */
const CONTRADICTS =
  /\b(?:not|no|nor|but|except|without|never|unless|if|instead|only|keep|and|or|tomorrow|tonight|later|soon|next|after|before|when|until|while|once|today|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|n't\b/i;

/**
 * Models in a list as people paste it: on lines, with commas, semicolons or tabs, with bullets or numbers, in brackets,
 * as a table with a row of titles. An AAGUID is an entry by itself, in whichever form it is written; on a line of several
 * the name beside it stays with it. What makes no sense stays an entry, too: it is asked about, and nothing gets lost.
 * @param verbs ways to say the command, which may stand before every entry
 */
export function listedModels(
  pieces: readonly Piece[],
  verbs: readonly string[] = [],
): readonly ListedModel[] {
  const rows = rowsOf(pieces).map((row) => withoutVerb(row, verbs));
  const columns = rows.length > 1 ? columnsOf((rows[0] ?? []).map(textOf)) : undefined;
  return (columns === undefined ? rows : rows.slice(1)).flatMap((row) => {
    const line = row[0]?.[0]?.line ?? 1;
    const texts =
      rows.length === 1 ? row.flatMap(ofCell) : ofLine(columns === undefined ? row : inTable(row, columns));
    return texts.filter((text) => text !== "").map((text) => ({ text, line }));
  });
}

/** Lines of cells. A line of thanks at the end says nothing of models. */
function rowsOf(pieces: readonly Piece[]): readonly Row[] {
  const inBrackets = bracketed(pieces);
  const rows: Piece[][][] = [];
  let last: { readonly line: number; readonly ends: boolean } | undefined;
  for (const [at, piece] of pieces.entries()) {
    if (piece.line !== last?.line) rows.push([]);
    const row = rows.at(-1);
    if (row?.length === 0 || last?.ends || piece.startsCell) row?.push([]);
    row?.at(-1)?.push(piece);
    last = { line: piece.line, ends: piece.comma && inBrackets[at] !== true };
  }
  while (rows.length > 1 && isThanks(textOf(rows.at(-1)?.flat() ?? []))) rows.pop();
  return rows;
}

/** Of a table only what names the model; a row with more or fewer cells than there are titles is left as it is. */
function inTable(
  row: Row,
  { count, telling }: { readonly count: number; readonly telling: readonly number[] },
) {
  return row.length === count ? row.filter((_, at) => telling.includes(at)) : row;
}

/** A line with one AAGUID is one entry: what stands beside it is what the person calls the model. */
function ofLine(row: Row): readonly string[] {
  const entries = row.flatMap(ofCell);
  const aaguids = entries.filter((entry) => typedAaguid(entry) !== undefined);
  const [aaguid] = aaguids;
  const label = entries.filter((entry) => entry !== aaguid).join(" ");
  if (aaguid === undefined || aaguids.length > 1 || label === "" || CONTRADICTS.test(label)) return entries;
  return [`${label} ${aaguid}`];
}

/** The entries of a cell: an AAGUID and what is in quotes stand alone, and an "and" beside them only joins. */
function ofCell(cell: Cell): readonly string[] {
  const whole = typedAaguid(textOf(cell));
  if (whole !== undefined) return [whole];
  const entries: string[] = [];
  let current: Piece[] = [];
  const close = () => {
    const text = unwrapped(textOf(current));
    const isOurs = current.every(({ quoted }) => !quoted) && isLabel(text);
    if (!isOurs) entries.push(text);
    current = [];
  };
  for (const [at, piece] of cell.entries()) {
    const joins = !piece.quoted && /^(?:and|&|\+)$/i.test(piece.text) && isBesideWhole(cell, at);
    const aaguid = typedAaguid(piece.text);
    if (joins || piece.quoted || aaguid !== undefined) close();
    if (aaguid !== undefined) entries.push(aaguid);
    else if (!joins) current.push(piece);
    if (piece.quoted) close();
  }
  close();
  return entries.filter((entry) => entry !== "");
}

function isBesideWhole(cell: Cell, at: number): boolean {
  const isWhole = (piece: Piece | undefined) =>
    piece !== undefined && (piece.quoted || typedAaguid(piece.text) !== undefined);
  return at === 0 || isWhole(cell[at - 1]) || isWhole(cell[at + 1]);
}

/** "allow" before every entry of a list of things to allow. */
function withoutVerb(row: Row, verbs: readonly string[]): Row {
  const [first = [], ...others] = row;
  const start = textOf(first.slice(0, 8)).toLowerCase();
  const verb = first[0]?.quoted ? undefined : verbs.find((each) => start.startsWith(`${each} `));
  return verb === undefined ? row : [first.slice(verb.split(" ").length), ...others];
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text, comma }, at) => (comma && at < pieces.length - 1 ? `${text},` : text)).join(" ");
}

/** Without the brackets, quotes and signs around a whole entry. */
function unwrapped(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && "[{<\"' ".includes(text.charAt(start))) start += 1;
  while (end > start && "]}>\"':; ".includes(text.charAt(end - 1))) end -= 1;
  const bare = text.slice(start, end);
  const isWrapped = bare.startsWith("(") && bare.indexOf(")") === bare.length - 1;
  return isWrapped ? bare.slice(1, -1).trim() : bare;
}

/** Which pieces stand in a bracket that is closed later on the line: a bracket that stays open is a slip. */
function bracketed(pieces: readonly Piece[]): readonly boolean[] {
  const inside = pieces.map(() => false);
  let open: number | undefined;
  for (const [at, { text, quoted, line }] of pieces.entries()) {
    if (line !== pieces[at - 1]?.line) open = undefined;
    if (quoted) continue;
    const [opens, closes] = [text.lastIndexOf("("), text.lastIndexOf(")")];
    if (closes > opens && open !== undefined) {
      inside.fill(true, open, at);
      open = undefined;
    }
    if (opens > closes) open = at;
  }
  return inside;
}
