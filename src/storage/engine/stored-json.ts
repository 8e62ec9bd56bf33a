import type { z } from "zod";
import { BoundedMap } from "../../async/bounded-map.js";
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

type Read<T> = (what: string, text: string, fits?: (value: T) => boolean) => T;

/**
 * {@link parseStored} for what each turn reads and hardly ever changes: a text that was read before is not parsed again.
 * The text still comes from the store each time. What is made of it is handed out again, so it is never changed.
 * @param kept texts of this kind, the ones used last
 */
export function parsedOnce<T>(shape: z.ZodType<T>, kept: number): Read<T> {
  const before = new BoundedMap<string, T>(kept);
  return (what, text, fits = () => true) => {
    const known = before.get(text);
    if (known !== undefined && fits(known)) return known;
    const value = parseStored(what, shape, text, fits);
    before.set(text, value);
    return value;
  };
}
