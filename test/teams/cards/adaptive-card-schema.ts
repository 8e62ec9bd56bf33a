import { createRequire } from "node:module";

/** The Adaptive Cards renderer's own parser; only its UMD build loads in Node. */
const library = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js") as {
  readonly AdaptiveCard: new () => { parse(source: unknown, context: unknown): void };
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(index: number): { readonly message: string };
  };
};

/** Property names of our cards, since the parser passes over names it does not know. */
const KNOWN: ReadonlySet<string> = new Set(
  (
    "type $schema version fallbackText body actions msteams width text wrap weight size isSubtle color spacing separator " +
    "horizontalAlignment style inlines fontType columns items verticalContentAlignment bleed id label placeholder " +
    "isMultiline maxLength isRequired errorMessage title url verb data planId driftId noticeId revision digest page fallback rows cells showGridLines altText height card scanId model minHeight x y " +
    "isMultiSelect choices value say displayText groupId showTitle xAxisTitle yAxisTitle legend values"
  ).split(" "),
);

/** What is wrong with a card: unknown elements, values outside the schema, misspelt property names. */
export function cardProblems(card: unknown): readonly string[] {
  const context = new library.SerializationContext();
  new library.AdaptiveCard().parse(withoutCharts(card), context);
  const parsed = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...parsed, ...unknownNames(card), ...chartProblems(card)];
}

const isChart = (node: unknown): node is { readonly type: string } =>
  typeof node === "object" && node !== null && "type" in node && String(node.type).startsWith("Chart.");

/** What is left for clients that know no charts: the renderer is one of them. */
function withoutCharts(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.filter((child) => !isChart(child)).map(withoutCharts);
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, withoutCharts(child)]));
}

/** Only Teams knows charts: each has to say what other clients show instead. */
function chartProblems(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const own = isChart(node) && !("fallback" in node) ? [`${node.type} has no fallback`] : [];
  return [...own, ...Object.values(node).flatMap(chartProblems)];
}

function unknownNames(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const own = Array.isArray(node) ? [] : Object.keys(node).filter((name) => !KNOWN.has(name));
  return [...own.map((name) => `unknown property ${name}`), ...Object.values(node).flatMap(unknownNames)];
}

/** Every object in the card of one of these types. */
export function elementsOf(node: unknown, type: string): readonly Record<string, unknown>[] {
  if (typeof node !== "object" || node === null) return [];
  const children = Object.values(node).flatMap((child) => elementsOf(child, type));
  return "type" in node && node.type === type ? [node as Record<string, unknown>, ...children] : children;
}
