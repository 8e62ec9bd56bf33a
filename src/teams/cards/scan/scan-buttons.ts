import { clip, oneLine } from "../../../core/words/one-line.js";
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

/** A page of the people who have no passkey by that scan, by name, for the person who presses. */
export function withoutPasskeyButton(
  title: string,
  scanId: string,
  page: number,
  groupId?: string,
): ExecuteAction {
  return executeButton(title, "withoutPasskey", {
    scanId,
    page,
    ...(groupId === undefined ? {} : { groupId }),
  });
}

/** A page of the people who use a model by that scan, by name, for the person who presses. */
export function whoUsesButton(title: string, scanId: string, model: string, page: number): ExecuteAction {
  return executeButton(title, "whoUses", { scanId, model: clip(oneLine(model), MODEL_WORDS_LIMIT), page });
}
