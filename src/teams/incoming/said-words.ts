import { z } from "zod";

/** A message has no more. */
const LONGEST_CHARACTERS = 100_000;

const Said = z.object({ say: z.string().min(1).max(LONGEST_CHARACTERS) });
/** A client that does not know the button's kind sends all its data. */
const Pressed = z.union([Said, z.object({ value: Said }).transform(({ value }) => value)]);

/** The words of a button that says them. undefined: it is no such button. */
export function saidWords(value: unknown): string | undefined {
  return Pressed.safeParse(value).data?.say;
}
