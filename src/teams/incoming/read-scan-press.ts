import { z } from "zod";
import { MODEL_WORDS_LIMIT } from "../cards/scan/scan-buttons.js";
import { Page, pressedAction } from "./pressed-action.js";

/** A button of a scan's card, or of a report on a scan. Who pressed it is not in here. */
export type ScanPress =
  | { readonly verb: "cancelScan"; readonly scanId: string }
  | { readonly verb: "keysInUse"; readonly scanId: string; readonly page: number }
  | {
      readonly verb: "withoutPasskey";
      readonly scanId: string;
      readonly page: number;
      /** Object id of the group that was asked about. */
      readonly groupId?: string;
    }
  | {
      readonly verb: "whoUses";
      readonly scanId: string;
      readonly page: number;
      /** In words, or an AAGUID. */
      readonly model: string;
    };

const ScanId = z.string().min(1).max(64);
const Pressed = z.discriminatedUnion("verb", [
  z.object({ verb: z.literal("cancelScan"), scanId: ScanId }),
  z.object({ verb: z.literal("keysInUse"), scanId: ScanId, page: Page }),
  z.object({
    verb: z.literal("withoutPasskey"),
    scanId: ScanId,
    page: Page,
    groupId: z.guid().exactOptional(),
  }),
  z.object({
    verb: z.literal("whoUses"),
    scanId: ScanId,
    page: Page,
    model: z.string().trim().min(1).max(MODEL_WORDS_LIMIT),
  }),
]);
/** What the button names and nothing else of the payload; undefined when it is none of these buttons. */
export function readScanPress(value: unknown): ScanPress | undefined {
  const action = pressedAction(value);
  return action && Pressed.safeParse({ ...action.data, verb: action.verb }).data;
}
