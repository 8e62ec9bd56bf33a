import { Fault } from "../errors.js";

/** Where not being able to read is an answer to act on, and not an exception. */
export async function orFault<T>(reading: Promise<T>): Promise<T | Fault> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}
