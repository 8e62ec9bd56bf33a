import { clip, oneLine } from "../../words/card-text.js";
import type { ExecuteAction } from "../parts/card.js";
import { executeButton } from "../parts/execute-button.js";

/** Longer than any name of a model. */
export const MODEL_WORDS_LIMIT = 160;

export function cancelScanButton(scanId: string): ExecuteAction {
  return executeButton("Cancel", "cancelScan", { scanId });
}

/** A page of the models in use by that scan, for the person who presses. */
export function keysInUseButton(title: string, scanId: string, page: number): ExecuteAction {
  return executeButton(title, "keysInUse", { scanId, page });
}

/** A page of the people who use a model by that scan, by name, for the person who presses. */
export function whoUsesButton(title: string, scanId: string, model: string, page: number): ExecuteAction {
  return executeButton(title, "whoUses", { scanId, model: clip(oneLine(model), MODEL_WORDS_LIMIT), page });
}

/** What leafs through a report: nothing where it has one page only. */
export function leafing(
  page: number,
  pages: number,
  button: (title: string, page: number) => ExecuteAction,
): readonly ExecuteAction[] {
  return [
    ...(page > 1 ? [button("Previous", page - 1)] : []),
    ...(page < pages ? [button("Next", page + 1)] : []),
  ];
}
