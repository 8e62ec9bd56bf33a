import { z } from "zod";
import { VERBS } from "./cards/card.js";
import { REASON_INPUT, REASON_LIMIT } from "./cards/plan-buttons.js";

/** A button of a plan's card. Who pressed it is not in here: that is the activity's verified sender. */
export interface Press {
  readonly verb: (typeof VERBS)[number];
  readonly planNumber: number;
  readonly revision: number;
  /** What was typed into the reason's field; empty when nothing was. */
  readonly reason: string;
}

const PlanNumber = z.int().positive();
const Data = z.object({
  verb: z.unknown().optional(),
  planId: PlanNumber,
  revision: PlanNumber,
  [REASON_INPUT]: z.string().optional().catch(undefined),
});
const Action = z.object({ action: z.object({ verb: z.unknown().optional(), data: Data }) });
const Verb = z.enum(VERBS);

/** Plan, revision and verb; nothing else of the payload is read. undefined when that is not what it says. */
export function readPress(value: unknown): Press | undefined {
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
  };
}

const Signed = z.object({ authentication: z.object({ token: z.string().min(1) }) });

/** The single sign-on token Teams added, if it did. */
export function readToken(value: unknown): string | undefined {
  return Signed.safeParse(value).data?.authentication.token;
}
