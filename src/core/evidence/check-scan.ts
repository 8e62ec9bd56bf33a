import type { JsonObject } from "../json.js";
import type { Inventory } from "../scan/inventory.js";
import { isRecordOf } from "../scan/scan-entry.js";

/** A finished scan as it lies in the store. */
export interface StoredScan {
  readonly scanId: string;
  readonly finishedAt: string;
  readonly body: string;
}

/** The record of the end of a scan. */
export interface ScanMark {
  readonly sequence: number;
  readonly at: string;
  readonly detail: JsonObject;
}

/** What is wrong with a scan, judged by the record. */
export type ScanFinding =
  /** It says something else of itself, or of its people, than was recorded when it ended. */
  | { readonly kind: "scan-edited"; readonly scanId: string; readonly sequence: number }
  /** Scans are recorded since before it ended, and it is not. */
  | { readonly kind: "scan-without-record"; readonly scanId: string };

/**
 * Compares a scan with the record of its end. undefined: they agree, or it is from before scans were recorded.
 * @param marks by the id of the scan
 * @param peopleHash over the people in the store
 */
export function checkScan(
  { scanId, finishedAt, body }: StoredScan,
  marks: ReadonlyMap<string, ScanMark>,
  peopleHash: string,
): ScanFinding | undefined {
  const mark = marks.get(scanId);
  if (mark === undefined) {
    const isSinceThen = [...marks.values()].some(({ at }) => at < finishedAt);
    return isSinceThen ? { kind: "scan-without-record", scanId } : undefined;
  }
  const { sequence, detail } = mark;
  const record = { event: "scan-finished", sequence, detail } as const;
  const inventory = inventoryOf(body, scanId);
  const isAsRecorded =
    detail.peopleHash === peopleHash && inventory !== undefined && isRecordOf(record, inventory);
  return isAsRecorded ? undefined : { kind: "scan-edited", scanId, sequence };
}

/** undefined: it is no JSON any more. What an edit left there otherwise has nothing that was recorded. */
function inventoryOf(body: string, scanId: string): Inventory | undefined {
  try {
    return { ...JSON.parse(body), scanId };
  } catch {
    return undefined; // The finding itself.
  }
}
