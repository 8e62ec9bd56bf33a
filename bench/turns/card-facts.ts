import type { JsonObject } from "../../src/core/json.js";

/** What a press of a button needs of its card. */
export interface Button {
  readonly verb: string;
  readonly data: JsonObject;
}

/** The button with that title; undefined: the card has none. */
export function buttonOf(card: unknown, title: string): Button | undefined {
  return partsOf(card).find((part) => part.type === "Action.Execute" && part.title === title) as
    | (Button & Part)
    | undefined;
}

/** Whether the card says so, in one of its texts. */
export function says(card: unknown, words: string): boolean {
  return partsOf(card).some(({ text }) => typeof text === "string" && text.includes(words));
}

type Part = Readonly<Record<string, unknown>>;

/** Every object of a card; what stands in for another on old clients is left out. */
function partsOf(value: unknown): readonly Part[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  const { fallback: _, ...rest } = value as Part;
  return [rest, ...Object.values(rest).flatMap(partsOf)];
}
