/** A row by its number, and how large what it holds is. */
export interface SizedRow {
  readonly number: number;
  /** In characters. PostgreSQL may tell it in text. */
  readonly size: number | string;
}

/** So much of a table is held at a time: one row may be as large as its tenant. */
const SLICE_CHARACTERS = 4_000_000;
/** As many as a statement may name. */
const SLICE_ROWS = 200;

/** The numbers of rows in slices, in their order, each small enough to be read at once; a large row is one of its own. */
export function inSlices(rows: readonly SizedRow[]): readonly (readonly number[])[] {
  const slices: number[][] = [];
  let left = 0;
  for (const { number, size } of rows) {
    const last = slices.at(-1);
    left -= Number(size);
    if (last !== undefined && left >= 0 && last.length < SLICE_ROWS) last.push(number);
    else {
      slices.push([number]);
      left = SLICE_CHARACTERS - Number(size);
    }
  }
  return slices;
}
