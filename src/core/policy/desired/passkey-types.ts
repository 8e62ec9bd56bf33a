import type { Json } from "../../json.js";
import type { PasskeyType } from "../policy.js";

/** Every kind, as Graph would say it: what is left out admits all. */
const EVERY: readonly string[] = ["deviceBound", "synced"];

/** The kinds with this one among them, in the order of Graph's own; what it says besides is kept. */
export function withType(today: Json | undefined, type: PasskeyType): string {
  const words = wordsOf(today);
  return (type === "synced" ? [...words, type] : [type, ...words]).join(",");
}

/** The kinds without this one. */
export function withoutType(today: Json | undefined, type: PasskeyType): string {
  return wordsOf(today)
    .filter((word) => word !== type)
    .join(",");
}

function wordsOf(today: Json | undefined): readonly string[] {
  if (typeof today !== "string") return EVERY;
  return today.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}
