import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { storeFault } from "../database.js";

/** Stands in a folder whose store goes on elsewhere: a second one that goes on here would give its numbers again. */
const MOVED_FILE = "latchkey.moved";

/** From now on no bot starts on the folder; it can still be looked at. */
export function noteMoved(dataDir: string, { to, at }: { readonly to: string; readonly at: Date }): void {
  const file = openSync(join(dataDir, MOVED_FILE), "w", 0o600);
  writeSync(file, `to ${to} at ${at.toISOString()}\n`);
  fsyncSync(file);
  closeSync(file);
}

/** @throws Fault when the store in the folder was moved */
export function refuseMoved(dataDir: string): void {
  let note: string;
  try {
    note = readFileSync(join(dataDir, MOVED_FILE), "utf8").trim();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return;
    throw error;
  }
  throw storeFault(
    `opening ${dataDir}`,
    `its store was moved ${note}: set DATABASE_URL to that. To go back to this one for good, and without what was decided since, remove ${MOVED_FILE} and run npm run restored`,
  );
}
