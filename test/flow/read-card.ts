import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";

/** An Adaptive Card as it went over the wire. */
export type Card = JsonObject;

interface Button {
  readonly title: string;
  readonly verb: string;
  readonly data: JsonObject;
}

/** All the words of a card in reading order, without its buttons. */
export function textOf(card: Card | undefined): string {
  return parts(card)
    .flatMap((part) => [part.text, part.title, part.value].filter((text) => typeof text === "string"))
    .join(" | ");
}

/** Titles of the buttons that do something, nested ones included. */
export function buttonsOf(card: Card | undefined): readonly string[] {
  return executable(card).map((button) => button.title);
}

export function findButton(card: Card | undefined, title: string): Button {
  const button = executable(card).find((each) => each.title === title);
  if (!button) throw new Error(`no button ${title}, only ${buttonsOf(card).join(", ")}`);
  return button;
}

/** What a button that sends a message sends along. */
export function submitOf(card: Card | undefined, title: string): JsonObject {
  const button = walk(card).find((part) => part.type === "Action.Submit" && part.title === title);
  if (!isJsonObject(button?.data)) throw new Error(`no button ${title}`);
  return button.data;
}

function executable(card: Card | undefined): readonly Button[] {
  const found = walk(card).filter((part) => part.type === "Action.Execute");
  return found.map((part) => ({
    title: String(part.title),
    verb: String(part.verb),
    data: isJsonObject(part.data) ? part.data : {},
  }));
}

function parts(card: Card | undefined): readonly Card[] {
  return walk(card).filter(
    (part) => part.type !== "AdaptiveCard" && !String(part.type).startsWith("Action."),
  );
}

/** Every object of a card; what only stands in for an element on old clients is left out. */
function walk(value: Json | undefined): readonly Card[] {
  if (Array.isArray(value)) return value.flatMap(walk);
  if (!isJsonObject(value)) return [];
  const { fallback: _, ...rest } = value;
  return [rest, ...Object.values(rest).flatMap(walk)];
}

/** Rows of a card's tables, those with as many cells: the texts of each cell. */
export function rowsOf(card: Card | undefined, cells: number): readonly (readonly string[])[] {
  return walk(card)
    .filter(({ type }) => type === "ColumnSet" || type === "TableRow")
    .map(({ columns, cells: own }) => ((columns ?? own) as readonly Card[]).map(textOf))
    .filter((row) => row.length === cells);
}

/** Lines of the list under a title, of this page: "Lose passkey sign-in (3)" and what follows it. */
export function listUnder(card: Card | undefined, title: string): readonly string[] {
  const texts = walk(card).flatMap(({ text }) => (typeof text === "string" ? [text] : []));
  const at = texts.findIndex((text) => text.startsWith(`${title} (`));
  return at === -1 ? [] : (texts[at + 1] ?? "").split("\n\n");
}
