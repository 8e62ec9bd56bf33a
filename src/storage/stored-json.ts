import type { z } from "zod";
import { storeFault } from "./database.js";

/**
 * Reads JSON that this program stored. The check is light: it catches a damaged row or one of another version,
 * not every wrong detail. @throws Fault
 */
export function parseStored<T>(what: string, shape: z.ZodType<T>, text: string): T {
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw storeFault(`reading ${what}`, "it is damaged, or was stored by another version", error);
  }
}
