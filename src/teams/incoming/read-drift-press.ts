import { z } from "zod";
import type { Shown } from "../../core/audit/shown-digest.js";
import { DRIFT_VERBS } from "../cards/parts/card.js";
import { Count, Digest, pressedAction, reasonAndPage } from "./pressed-action.js";

/** A button of a drift's card. Who pressed it is not in here: that is the activity's verified sender. */
export interface DriftPress extends Shown {
  readonly verb: (typeof DRIFT_VERBS)[number];
  readonly driftNumber: number;
  /** What was typed into the reason's field; empty when nothing was. */
  readonly reason: string;
  /** Which page of Show all; the first when the button names none that can be. */
  readonly page: number;
}

const Pressed = z.object({
  verb: z.enum(DRIFT_VERBS),
  data: z.object({ driftId: Count, revision: Count, digest: Digest }),
});

/** What the button names and nothing else of the payload; undefined when it is none of these buttons. */
export function readDriftPress(value: unknown): DriftPress | undefined {
  const action = pressedAction(value);
  const pressed = Pressed.safeParse(action).data;
  if (action === undefined || pressed === undefined) return undefined;
  const { verb, data } = pressed;
  const { driftId: driftNumber, revision, digest } = data;
  return { verb, driftNumber, revision, digest, ...reasonAndPage(action) };
}
