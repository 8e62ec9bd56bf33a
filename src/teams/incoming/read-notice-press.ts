import { z } from "zod";
import { pressedAction, reasonAndPage } from "./pressed-action.js";

/** The button of a notice of models. Who pressed it is not in here. */
export interface NoticePress {
  readonly verb: "putOffModels";
  readonly noticeId: string;
  /** What was typed into the reason's field; empty when nothing was. */
  readonly reason: string;
}

const Pressed = z.object({
  verb: z.literal("putOffModels"),
  data: z.object({ noticeId: z.string().min(1).max(64) }),
});

/** What the button names and nothing else of the payload; undefined when it is not this button. */
export function readNoticePress(value: unknown): NoticePress | undefined {
  const action = pressedAction(value);
  const pressed = Pressed.safeParse(action).data;
  if (action === undefined || pressed === undefined) return undefined;
  const { reason } = reasonAndPage(action);
  return { verb: pressed.verb, noticeId: pressed.data.noticeId, reason };
}
