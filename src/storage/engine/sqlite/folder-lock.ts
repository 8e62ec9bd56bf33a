import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Libsql from "libsql";
import { Fault } from "../../../core/errors.js";
import { storeFault } from "../database.js";
import { makePrivateFile } from "./private-file.js";
import { codeOf } from "./sqlite-errors.js";

export interface FolderLock {
  release(): void;
}

/**
 * Takes a folder for this process, until it is released or the process ends in any way. The lock is that of
 * the operating system on a database file with an open exclusive transaction, so a killed process leaves none
 * behind. The process id in the file beside it only serves the message; never open the lock file itself with
 * anything else in this process: POSIX drops a process's locks when it closes any handle of the file.
 * @throws Fault `store-unavailable` when another process has it
 */
export function lockFolder(dataDir: string, explain: (error: unknown) => string | undefined): FolderLock {
  const pidFile = join(dataDir, "latchkey.pid");
  let handle: Libsql.Database | undefined;
  try {
    const lockFile = join(dataDir, "latchkey.lock");
    makePrivateFile(lockFile);
    handle = new Libsql(lockFile);
    handle.exec("begin exclusive");
    makePrivateFile(pidFile);
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    handle?.close();
    if (codeOf(error) === "SQLITE_BUSY") throw inUse(dataDir, pidFile, error);
    throw storeFault(`locking ${dataDir}`, explain(error), error);
  }
  const held = handle;
  return {
    release() {
      if (!held.open) return;
      rmSync(pidFile, { force: true });
      held.close();
    },
  };
}

function inUse(dataDir: string, pidFile: string, cause: unknown): Fault {
  return new Fault(
    "store-unavailable",
    `another Latchkey process (pid ${readPid(pidFile)}) uses ${dataDir}: stop it, or give this one another DATA_DIR.`,
    { cause },
  );
}

function readPid(pidFile: string): string {
  try {
    return readFileSync(pidFile, "utf8").trim() || "unknown";
  } catch {
    // The other process has the lock and has not written its id yet: the message does without.
    return "unknown";
  }
}
