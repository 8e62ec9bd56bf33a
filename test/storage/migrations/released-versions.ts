import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { MIGRATIONS } from "../../../src/storage/migrations/migrate.js";

/** The names of the migrations, in order. Each was the last one of some version. */
export const RELEASED = Object.keys(MIGRATIONS).sort();

/** The migrations up to this one, as the version had them whose last one it was. */
export function upTo(name: string): typeof MIGRATIONS {
  return Object.fromEntries(Object.entries(MIGRATIONS).filter(([each]) => each <= name));
}

/** Set to write the files of the newest migration that are missing. What is there is never written over. */
const MAY_WRITE = process.env.LATCHKEY_WRITE_RELEASED === "1";

const rows = z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))));
const rowsFile = z.object({
  /** Opens the link to evidence; of the secret itself the store keeps nothing. */
  evidenceSecret: z.string(),
  rows,
});
/** What a version left in its tables, table by table. */
export type ReleasedRows = z.infer<typeof rowsFile>;

/** The migrations whose files are kept, in order. */
export function releasedNames(): readonly string[] {
  const files = readdirSync(new URL("./released/", import.meta.url));
  return [...new Set(files.map((file) => file.split(".")[0] ?? file))].sort();
}

/** What the database said of the tables when this was the last migration. */
export async function releasedDefinitions(
  name: string,
  database: string,
  write: () => Promise<string>,
): Promise<string> {
  return kept(`${name}.${database.toLowerCase()}.sql`, write);
}

/** What the version whose last migration this was wrote into every table. */
export async function releasedRows(name: string, write: () => Promise<ReleasedRows>): Promise<ReleasedRows> {
  const text = async () => `${JSON.stringify(await write(), null, 2)}\n`;
  return rowsFile.parse(JSON.parse(await kept(`${name}.rows.json`, text)));
}

async function kept(file: string, write: () => Promise<string>): Promise<string> {
  const address = new URL(`./released/${file}`, import.meta.url);
  if (!existsSync(address)) {
    if (!MAY_WRITE) {
      throw new Error(`released/${file} is not there: run this test once with LATCHKEY_WRITE_RELEASED=1`);
    }
    writeFileSync(address, await write());
  }
  return readFileSync(address, "utf8");
}
