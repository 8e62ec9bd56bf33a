import type { Engine } from "../engine/engine.js";
import { type BackupEnd, BackupWriter } from "./backup-file.js";
import { readCopy, type StoreCopy } from "./read-copy.js";
import { RowDigest, type TableDigest } from "./row-digest.js";

/**
 * Writes all of a store as at one moment to a new file, while processes go on writing to the store.
 * @param engine one that only reads; it is given back
 * @throws Fault when the store cannot be read or the file not be written, which then is not there
 */
export async function backUp(
  engine: Pick<Engine, "dialect" | "explain" | "release">,
  { file, at }: { readonly file: string; readonly at: Date },
): Promise<BackupEnd> {
  return readCopy(engine, async (copy) => {
    const writer = new BackupWriter(file, { at: at.toISOString(), migrations: copy.migrations });
    try {
      const tables = await writeTables(writer, copy);
      const end = { tables, heads: await copy.heads() };
      await writer.end(end);
      return end;
    } catch (error) {
      await writer.drop();
      throw error;
    }
  });
}

async function writeTables(
  writer: BackupWriter,
  copy: StoreCopy,
): Promise<Readonly<Record<string, TableDigest>>> {
  const tables: Record<string, TableDigest> = {};
  for (const table of copy.tables) {
    const digest = new RowDigest();
    for await (const page of copy.rows(table)) {
      for (const row of page) digest.add(row);
      await writer.add(table.name, page);
    }
    tables[table.name] = digest.value;
  }
  return tables;
}
