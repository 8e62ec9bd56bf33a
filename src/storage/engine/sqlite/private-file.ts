import { chmodSync, closeSync, openSync, statSync } from "node:fs";

/** What the file's group and everybody else may do. */
const OTHERS = 0o077;

/**
 * Makes a file that its user alone may read: with names and policies in it, in a folder that others may look into. One
 * that is there already is not opened, since POSIX drops a process's locks when it closes any handle of the file.
 * @throws Error the system's, also when the file is another user's and others may read it
 */
export function makePrivateFile(file: string): void {
  try {
    closeSync(openSync(file, "wx", 0o600));
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    keepPrivate(file);
  }
}

/** Takes from others what they may do with a file, if it is there: SQLite gives the files beside a database its rights. */
export function keepPrivate(file: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined && (mode & OTHERS) !== 0) chmodSync(file, mode & 0o7777 & ~OTHERS);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
