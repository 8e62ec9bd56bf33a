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
    "isMultiline maxLength isRequired errorMessage title verb data planId revision fallback card"
  ).split(" "),
);

/** What is wrong with a card: unknown elements, values outside the schema, misspelt property names. */
export function cardProblems(card: unknown): readonly string[] {
  const context = new library.SerializationContext();
  new library.AdaptiveCard().parse(card, context);
  const parsed = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
  return [...parsed, ...unknownNames(card)];
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
