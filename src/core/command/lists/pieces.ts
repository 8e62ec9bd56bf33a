import type { Word } from "../words.js";

/** A part of a list: a word, or what is left of it without what only separates or decorates. */
export interface Piece {
  readonly text: string;
  /** In quotes: a whole entry, and never one of our own words. */
  readonly quoted: boolean;
  /** On which line it stands; the command itself is on line 1. */
  readonly line: number;
  /** What came before it ends in front of it: a tab, a semicolon, a bullet, a bar. */
  readonly startsCell: boolean;
  /** What it belongs to ends behind it, unless in brackets: a comma. */
  readonly comma: boolean;
}

const SEPARATOR = /[;；|]/u;
/** A bullet wherever it stands. */
const BULLET = /^[•◦▪●‣⁃∙]$/u;
/** A hyphen, an asterisk or a number is a bullet where a line begins only. */
const BEGINS_LINE = /^(?:[·*–—-]|\(?(?:\d{1,3}|[a-z])[.)])$/u;
const TICKS: ReadonlySet<string> = new Set(["[]", "[x]", "☐", "☑", "✓", "✔"]);
const LINE_END = /\r\n?|\n/g;

/** The words of a list, told apart by what separates them. Takes time that grows with their length only. */
export function piecesOf(words: readonly Word[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let line = 1;
  let lastLine = 0;
  let startsCell = false;
  for (const word of words) {
    line += lineEnds(word.gap);
    startsCell ||= word.gap.includes("\t");
    const parts = word.quoted ? [word.text] : word.text.split(SEPARATOR);
    for (const [part, text] of parts.entries()) {
      startsCell ||= part > 0;
      const comma = word.comma && part === parts.length - 1;
      const isOrnament = !word.quoted && isBullet(text.toLowerCase(), line > lastLine);
      if (text !== "" && !isOrnament) {
        pieces.push({ text, quoted: word.quoted, line, startsCell, comma });
        startsCell = false;
        lastLine = line;
      } else startsCell ||= isOrnament || comma;
    }
    if (word.quoted) line += lineEnds(word.raw);
  }
  return pieces;
}

function isBullet(text: string, beginsLine: boolean): boolean {
  return BULLET.test(text) || TICKS.has(text) || (beginsLine && BEGINS_LINE.test(text));
}

function lineEnds(text: string): number {
  return text.match(LINE_END)?.length ?? 0;
}
