import { sentence } from "../../../core/words/one-line.js";
import type {
  AdaptiveCard,
  CardAction,
  CardElement,
  CardStyle,
  ColumnSet,
  Container,
  RichTextBlock,
  Table,
  TextBlock,
  TextRun,
} from "./card.js";
import { bytesOf, fitted } from "./fitted.js";

/** Teams takes more in a bot's message, but connectors and older clients stop near 28 KB. */
export const CARD_LIMIT_BYTES = 28_000;

/** A card that Teams takes: where it would be too large, its longest texts are cut. */
export function card(content: {
  readonly fallbackText: string;
  readonly body: readonly CardElement[];
  readonly actions?: readonly CardAction[];
}): AdaptiveCard {
  const { fallbackText, body, actions = [] } = content;
  const around: AdaptiveCard = {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: "1.5",
    fallbackText,
    body: [],
    ...(actions.length > 0 ? { actions } : {}),
    msteams: { width: "Full" },
  };
  return { ...around, body: fitted(body, CARD_LIMIT_BYTES - bytesOf(around)) };
}

type TextOptions = Omit<TextBlock, "type" | "text" | "wrap">;

export function text(markdown: string, options: TextOptions = {}): TextBlock {
  return { type: "TextBlock", text: markdown, wrap: true, ...options };
}

export function subtle(markdown: string, options: TextOptions = {}): TextBlock {
  return text(markdown, { isSubtle: true, size: "small", ...options });
}

export function heading(markdown: string, options: TextOptions = {}): TextBlock {
  return text(markdown, { weight: "bolder", spacing: "medium", ...options });
}

/** Longer titles than this would take half of a narrow card in large letters. */
const LARGE_TITLE = 60;

/** What the card is about. */
export function titleText(markdown: string): TextBlock {
  const size = markdown.length > LARGE_TITLE ? "medium" : "large";
  return text(markdown, { size, weight: "bolder", style: "heading" });
}

/** The coloured band under the title: what matters first. */
export function banner(style: CardStyle, items: readonly CardElement[]): Container {
  return { type: "Container", style, bleed: true, spacing: "medium", items };
}

/** Title and small print, then the state: beside each other they would leave a narrow card a word to a line. */
export function titleRow(title: readonly CardElement[], state: readonly CardElement[]): ColumnSet {
  return { type: "ColumnSet", columns: [{ type: "Column", width: "stretch", items: [...title, ...state] }] };
}

/** A row of cells over columns whose widths are given in proportion. */
export function row(
  cells: readonly CardElement[],
  widths: readonly number[],
  options: Pick<ColumnSet, "spacing" | "separator"> = {},
): ColumnSet {
  return {
    type: "ColumnSet",
    spacing: "small",
    ...options,
    columns: cells.map((cell, at) => ({ type: "Column", width: widths[at] ?? 1, items: [cell] })),
  };
}

/**
 * Rows of cells under their headings, which a screen reader tells with every cell. The columns are equally wide: with
 * widths of their own Teams on a phone left the table blank (https://github.com/MicrosoftDocs/msteams-docs/issues/13108).
 */
export function table(headings: readonly string[], rows: readonly (readonly CardElement[])[]): Table {
  const cells = (of: readonly CardElement[]) =>
    ({ type: "TableRow", cells: of.map((item) => ({ type: "TableCell", items: [item] }) as const) }) as const;
  return {
    type: "Table",
    spacing: "medium",
    showGridLines: false,
    columns: headings.map(() => ({ width: 1 }) as const),
    rows: [headings.map((words) => text(words, { weight: "bolder" })), ...rows].map(cells),
  };
}

/** A part of a small line: plain words, or something to type. */
export type Words = string | { readonly command: string };

/** A small line with commands in monospace. Not Markdown, so nothing in it is escaped. */
export function smallLine(
  words: readonly Words[],
  options: Pick<RichTextBlock, "separator" | "spacing"> = {},
): RichTextBlock {
  return {
    type: "RichTextBlock",
    ...options,
    inlines: words.map(
      (word): TextRun => ({
        type: "TextRun",
        ...(typeof word === "string"
          ? { text: word }
          : { text: sentence(word.command), fontType: "monospace" }),
        size: "small",
        isSubtle: true,
      }),
    ),
  };
}

/** Something to type, by itself. */
export function typed(command: string): RichTextBlock {
  return {
    type: "RichTextBlock",
    inlines: [{ type: "TextRun", text: sentence(command), fontType: "monospace" }],
  };
}
