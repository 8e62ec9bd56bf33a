import { replaceUnseen, visible } from "../words/visible.js";

/** Markup that is safe to send: it came from `html`, or from `exactText`. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type HtmlPart = Html | string | number | readonly HtmlPart[];

/** Markup with values in it. What is no markup of ours is shown as text, character by character. */
export function html(markup: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  return new Html(
    markup.map((part, at) => (at === 0 ? part : markupOf(values[at - 1] ?? "") + part)).join(""),
  );
}

/** JSON that can be read back exactly, and cannot pretend to be something else to its reader. */
export function exactText(json: string): Html {
  // Such characters stand in strings only, and there this means the same.
  const lines = json.split("\n").map((line) => replaceUnseen(line, asJsonWritesIt));
  return new Html(escaped(lines.join("\n")));
}

/** What `exactText` was made from. */
export function fromExactText(markup: string): string {
  return markup.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: keyof typeof CHARACTERS) => CHARACTERS[name]);
}

const CHARACTERS = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" } as const;

function markupOf(value: HtmlPart): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === "object") return value.map(markupOf).join("");
  return escaped(String(value).split("\n").map(visible).join("\n"));
}

/** Every unit of the character as an escape. */
function asJsonWritesIt(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${hex(unit.charCodeAt(0))}`)
    .join("");
}

const hex = (code: number): string => code.toString(16).padStart(4, "0");

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
