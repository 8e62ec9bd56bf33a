import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv, type ErrorObject } from "ajv";

const SCHEMA = join(process.cwd(), "../shared/data/adaptive-card-1.5.schema.json");

/** What is wrong with a card by Microsoft's published schema. */
export type JudgeCard = (card: unknown) => readonly string[];

/** undefined: the schema is not at hand. */
export async function publishedSchema(): Promise<JudgeCard | undefined> {
  const text = await readFile(SCHEMA, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  // It is of draft 6, whose `id` is `$id` by now; nothing else in it changed its meaning.
  const { $schema: _, id: __, ...schema } = JSON.parse(text) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const fits = ajv.compile(schema);
  return (card) => (fits(schemasPart(card)) ? [] : deepest(fits.errors ?? []));
}

/** A card without what only Teams knows: its own member at the top, and charts. */
function schemasPart(card: unknown): unknown {
  const { msteams: _, ...rest } = card as Record<string, unknown>;
  return withoutCharts(rest);
}

function isChart(node: unknown): boolean {
  return (
    typeof node === "object" && node !== null && "type" in node && String(node.type).startsWith("Chart.")
  );
}

function withoutCharts(node: unknown): unknown {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.filter((child) => !isChart(child)).map(withoutCharts);
  return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, withoutCharts(child)]));
}

/** The schema tries every kind of element at each place: what says most is what went furthest in. */
function deepest(errors: readonly ErrorObject[]): readonly string[] {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split("/").length;
  const most = Math.max(...errors.map(depth));
  return errors
    .filter((error) => depth(error) === most)
    .map(({ instancePath, message, params }) => `${instancePath}: ${message} ${JSON.stringify(params)}`);
}
