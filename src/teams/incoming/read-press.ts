import { z } from "zod";
import type { Shown } from "../../core/audit/shown-digest.js";
import { VERBS } from "../cards/parts/card.js";
import { Count, Digest, pressedAction, reasonAndPage } from "./pressed-action.js";
import { type CheckPress, readCheckPress } from "./read-check-press.js";
import { type DriftPress, readDriftPress } from "./read-drift-press.js";
import { type NoticePress, readNoticePress } from "./read-notice-press.js";
import { readScanPress, type ScanPress } from "./read-scan-press.js";

/** A button of a plan's card. Who pressed it is not in here: that is the activity's verified sender. */
export interface PlanPress extends Shown {
  readonly verb: (typeof VERBS)[number];
  readonly planNumber: number;
  /** What was typed into the reason's field; empty when nothing was. */
  readonly reason: string;
  /** Which page of Show all; the first when the button names none that can be. */
  readonly page: number;
}

export type Press = PlanPress | ScanPress | DriftPress | NoticePress | CheckPress;

const Pressed = z.object({
  verb: z.enum(VERBS),
  data: z.object({ planId: Count, revision: Count, digest: Digest }),
});

/** What the button names; nothing else of the payload is read. undefined when it is no button of ours. */
export function readPress(value: unknown): Press | undefined {
  return (
    readScanPress(value) ??
    readDriftPress(value) ??
    readNoticePress(value) ??
    readCheckPress(value) ??
    readPlanPress(value)
  );
}

/** Plan, revision, digest and verb, the reason and the page. */
function readPlanPress(value: unknown): PlanPress | undefined {
  const action = pressedAction(value);
  const pressed = Pressed.safeParse(action).data;
  if (action === undefined || pressed === undefined) return undefined;
  const { verb, data } = pressed;
  const { planId: planNumber, revision, digest } = data;
  return { verb, planNumber, revision, digest, ...reasonAndPage(action) };
}

const Signed = z.object({ authentication: z.object({ token: z.string().min(1) }) });

const Returned = z.object({ state: z.string() });

/** Whether the press comes again after a sign-in window, with or without a sign-in. */
export function cameFromSignIn(value: unknown): boolean {
  return Returned.safeParse(value).success;
}

/** The single sign-on token Teams added, if it did. */
export function readToken(value: unknown): string | undefined {
  return Signed.safeParse(value).data?.authentication.token;
}
