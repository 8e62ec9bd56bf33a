import { z } from "zod";
import { TICKED, TICKED_INPUT } from "../cards/parts/ticked.js";

/** A message has no more. */
const LONGEST_CHARACTERS = 100_000;

const Said = z.object({
  say: z.string().min(1).max(LONGEST_CHARACTERS),
  [TICKED_INPUT]: z.string().max(LONGEST_CHARACTERS).catch(""),
});
/** A client that does not know the button's kind sends all its data. */
const Pressed = z.union([Said, z.object({ value: Said }).transform(({ value }) => value)]);

/** The words of a button that says them, with what was ticked on its card. undefined: it is no such button. */
export function saidWords(value: unknown): string | undefined {
  const said = Pressed.safeParse(value).data;
  return said?.say.replace(TICKED, () => said[TICKED_INPUT].split(",").join(", "));
}
