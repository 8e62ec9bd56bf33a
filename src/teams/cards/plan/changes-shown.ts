import type { Difference } from "../../../core/impact/difference.js";
import { parsePolicy } from "../../../core/policy/parse-policy.js";
import { listEntries } from "../../../core/words/list-entries.js";
import { allParticulars, particularsOf, particularsOfShape } from "../../../core/words/particulars.js";
import type { Sides } from "../../../core/words/policy-change-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import { bytesOf } from "../parts/fitted.js";
import { modelsShown } from "./plan-authenticators.js";

/** How much of a difference a brief card shows: rows of the diff, and models that come to a list or leave one. */
export interface Extent {
  readonly rows: number;
  readonly models: number;
}

const NOTHING: Extent = { rows: 0, models: 0 };
/** From what a card shows where there is room, to nothing: then every change is counted. */
const EXTENTS: readonly Extent[] = [
  { rows: 14, models: 16 },
  { rows: 14, models: 8 },
  { rows: 8, models: 4 },
  NOTHING,
];
/** Of a card's bytes those that a difference may take: what is larger would be cut, and a cut is not counted. */
const DIFFERENCE_BYTES = 12_000;

/** A difference as it is drawn, and how much of it that is. */
export interface Drawn<Part> {
  readonly extent: Extent;
  readonly drawn: readonly Part[];
}

/** As much of a difference as stands on a card whole. @param draw draws that much of it */
export function drawnLargest<Part>(draw: (extent: Extent) => readonly Part[]): Drawn<Part> {
  for (const extent of EXTENTS) {
    const drawn = draw(extent);
    if (bytesOf(drawn) <= DIFFERENCE_BYTES) return { extent, drawn };
  }
  return { extent: NOTHING, drawn: draw(NOTHING) };
}

/** Changes that a card of this extent does not show: Show all does. */
export function changesNotShown(difference: Difference, extent: Extent): number {
  const sides = sidesOf(difference);
  const hidden = difference.changes.flatMap((change, at) =>
    particularsOf(change, sides, MARKDOWN).filter(({ inBrief }) => at >= extent.rows || !inBrief),
  );
  const models = listEntries(sides.before, sides.after).map(
    ({ added, removed }) => added.length + removed.length,
  );
  const shown = difference.changes.map((change) => modelsShown(change, sides.after, extent.models));
  return hidden.length + particularsOfShape(sides, MARKDOWN).length + sum(models) - sum(shown);
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Every change in full, a line for each. */
export function changeLines(difference: Difference): readonly string[] {
  return allParticulars(difference.changes, sidesOf(difference), MARKDOWN).flatMap(({ lines }) => lines);
}

function sidesOf(difference: Difference): Sides {
  return { ...difference, before: parsePolicy(difference.before), after: parsePolicy(difference.after) };
}
