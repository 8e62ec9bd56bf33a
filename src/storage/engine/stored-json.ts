import type { z } from "zod";
import { Fault } from "../../core/errors.js";

/**
 * Reads JSON that this program stored. The check is light: it catches a damaged row or one of another version,
 * not every wrong detail.
 * @param fits what else has to be true of it; a shape made for the purpose would be compiled anew for each row
 * @throws Fault
 */
export function parseStored<T>(
  what: string,
  shape: z.ZodType<T>,
  text: string,
  fits: (value: T) => boolean = () => true,
): T {
  try {
    const value = shape.parse(JSON.parse(text));
    if (!fits(value)) throw new Error("its columns say something else");
    return value;
  } catch (error) {
    throw new Fault(
      "store-altered",
      `The store failed while reading ${what}: it is damaged, or was stored by another version.`,
      { cause: error },
    );
  }
}
