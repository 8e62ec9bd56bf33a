import type { RecordKeys } from "../../core/audit/record-keys.js";
import { Database } from "../engine/database.js";
import { openEngine, type StorePlace } from "../engine/open-engine.js";
import { refuseWhileUsed } from "../replicas/refuse-while-used.js";
import { type Restored, restored } from "../restored.js";
import { type BackupEnd, type BackupHeader, readBackup } from "./backup-file.js";
import { fillStore } from "./fill-store.js";

export interface RestoredBackup {
  readonly backup: BackupHeader & BackupEnd;
  readonly tenants: readonly Restored[];
}

/**
 * Puts a backup into an empty place of either kind and makes it a new installation there ({@link restored}). What was
 * begun and did not end is done again from the start.
 * @throws Fault when the backup is not whole, the place is not empty, or a process uses it
 */
export async function restoreBackup(
  place: StorePlace,
  file: string,
  renewal: { readonly skip: number; readonly keys: RecordKeys; readonly now: () => Date },
): Promise<RestoredBackup> {
  const backup = await readBackup(file);
  const engine = openEngine(place);
  const database = new Database(engine);
  try {
    if (!engine.isAlone) await refuseWhileUsed(database);
    await fillStore(database, {
      migrations: backup.migrations,
      eachRow: async (take) => void (await readBackup(file, { row: take })),
      digests: () => backup.tables,
    });
  } finally {
    await database.close();
  }
  return { backup, tenants: await restored(place, renewal) };
}
