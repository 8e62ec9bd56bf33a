import { isJsonObject, type Json } from "../../../src/core/json.js";

interface Message {
  readonly text?: string;
  readonly attachments?: readonly { readonly content: object }[];
}

/** What the help's card begins with. */
const HELP = "What you can say";

/** All a person reads of these messages, a line each; `@help` before the card that lists what can be said. */
export function answerWords(messages: readonly Message[]): string {
  return messages.map(wordsOf).join("\n\n").trim();
}

function wordsOf({ text, attachments = [] }: Message): string {
  const cards = attachments.map(({ content }) => linesOf(content as Json).join("\n"));
  const lines = [...(text === undefined ? [] : [text]), ...cards].join("\n");
  return lines.startsWith(HELP) ? `@help\n${lines}` : lines;
}

/** In the order of reading; what only stands in for an element on old clients is left out. */
function linesOf(value: Json): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (!isJsonObject(value)) return [];
  const { fallback: _, data: __, ...shown } = value;
  const { type, text, title, value: fact } = shown;
  if (typeof type === "string" && type.startsWith("Action.")) return [`[button: ${title}]`];
  const own = [text, title, fact].filter((each) => typeof each === "string");
  return [...(own.length === 0 ? [] : [own.join(" ")]), ...Object.values(shown).flatMap(linesOf)];
}
