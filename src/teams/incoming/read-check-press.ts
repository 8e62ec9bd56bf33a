import { z } from "zod";
import { pressedAction } from "./pressed-action.js";

/** The button of a check by which a person tries their own sign-in. Who pressed it is not in here. */
export interface CheckPress {
  readonly verb: "trySignIn";
}

const Pressed = z.object({ verb: z.literal("trySignIn") });

/** undefined when it is not this button. */
export function readCheckPress(value: unknown): CheckPress | undefined {
  return Pressed.safeParse(pressedAction(value)).data;
}
