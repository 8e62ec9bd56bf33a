import type { ActionSet, CardAction } from "./card.js";

/** Buttons below each other, a row for each list: a strip of them hides on a phone what it has no room for. */
export function buttonRows(...rows: readonly (readonly CardAction[])[]): readonly ActionSet[] {
  return rows.map((actions, at) => ({
    type: "ActionSet",
    spacing: at === 0 ? "medium" : "small",
    actions,
  }));
}
