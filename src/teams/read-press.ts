import { z } from "zod";
import { VERBS } from "./cards/card.js";
import { REASON_INPUT, REASON_LIMIT } from "./cards/plan-buttons.js";
import { readScanPress, type ScanPress } from "./read-scan-press.js";

/** A button of a plan's card. Who pressed it is not in here: that is the activity's verified sender. */
export interface PlanPress {
  readonly verb: (typeof VERBS)[number];
  readonly planNumber: number;
  readonly revision: number;
  /** What was typed into the reason's field; empty when nothing was. */
  readonly reason: string;
  /** Which page of Show all; the first when the button names none that can be. */
  readonly page: number;
}

export type Press = PlanPress | ScanPress;

const PlanNumber = z.int().positive();
/** Far above any tenant: how many pages there are is for the plan to say. */
const Page = z.int().min(1).max(100_000);
const Data = z.object({
  verb: z.unknown().optional(),
  planId: PlanNumber,
  revision: PlanNumber,
  [REASON_INPUT]: z.string().optional().catch(undefined),
  page: Page.optional().catch(undefined),
});
const Action = z.object({ action: z.object({ verb: z.unknown().optional(), data: Data }) });
const Verb = z.enum(VERBS);

/** What the button names; nothing else of the payload is read. undefined when it is no button of ours. */
export function readPress(value: unknown): Press | undefined {
  return readScanPress(value) ?? readPlanPress(value);
}

/** Plan, revision and verb, the reason and the page. */
function readPlanPress(value: unknown): PlanPress | undefined {
  const parsed = Action.safeParse(value);
  if (!parsed.success) return undefined;
  const { verb, data } = parsed.data.action;
  const known = Verb.safeParse(verb ?? data.verb);
  if (!known.success) return undefined;
  return {
    verb: known.data,
    planNumber: data.planId,
    revision: data.revision,
    reason: (data[REASON_INPUT] ?? "").slice(0, REASON_LIMIT),
    page: data.page ?? 1,
  };
}

const Signed = z.object({ authentication: z.object({ token: z.string().min(1) }) });

/** The single sign-on token Teams added, if it did. */
export function readToken(value: unknown): string | undefined {
  return Signed.safeParse(value).data?.authentication.token;
}
