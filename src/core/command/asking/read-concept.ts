import type { Reader } from "../reader.js";
import { phrase } from "../words.js";
import { conceptNamed } from "./concepts.js";

/** What is to be explained. Other words may be about a model, or chat. */
export const readConcept: Reader<"concept"> = (_, rest) => {
  const concept = conceptNamed(phrase(rest));
  return concept && { kind: "arguments", arguments: { concept } };
};
