import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { readBackupHeader } from "./backup-file.js";

/** More than a folder gets between two looks; older files are not opened. */
const LOOKED_AT = 20;

/** The folder's backup of the latest moment, by what each says of itself, since a copied file is as old as its copy. */
export interface NewestBackup {
  readonly file: string;
  readonly at: Date;
}

/** @returns undefined: there is none @throws Error when the folder cannot be read */
export async function newestBackup(folder: string): Promise<NewestBackup | undefined> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".gz"));
  const files = await Promise.all(
    names.map(async (name) => {
      const file = resolve(join(folder, name));
      return { file, changedMs: (await stat(file)).mtimeMs };
    }),
  );
  const lately = files.sort((a, b) => b.changedMs - a.changedMs).slice(0, LOOKED_AT);
  const backups = await Promise.all(
    lately.map(async ({ file }) => {
      // What is no backup, or cannot be read, is none.
      const header = await readBackupHeader(file).catch(() => undefined);
      return header === undefined ? [] : [{ file, at: new Date(header.at) }];
    }),
  );
  return backups.flat().sort((a, b) => b.at.getTime() - a.at.getTime())[0];
}
