const WORDS: Readonly<Record<string, (dataDir: string) => string>> = {
  SQLITE_FULL: (dataDir) => `the disk that holds ${dataDir} is full`,
  ENOSPC: (dataDir) => `the disk that holds ${dataDir} is full`,
  SQLITE_READONLY: (dataDir) => `${dataDir} may be read but not written`,
  EROFS: (dataDir) => `${dataDir} is on a file system that may be read but not written`,
  SQLITE_CANTOPEN: (dataDir) =>
    `no file can be opened in ${dataDir}; is it there, and may this user write to it`,
  EACCES: (dataDir) => `this user may not create or write ${dataDir}`,
  EPERM: (dataDir) => `this user may not create or write ${dataDir}`,
  ENOTDIR: (dataDir) => `${dataDir} is not a folder`,
  EEXIST: (dataDir) => `${dataDir} is not a folder`,
  SQLITE_BUSY: (dataDir) => `something else is holding the database in ${dataDir}`,
  SQLITE_CORRUPT: (dataDir) => `the database in ${dataDir} is damaged; restore it from a backup`,
  SQLITE_NOTADB: (dataDir) => `latchkey.db in ${dataDir} is not a database; restore it from a backup`,
  SQLITE_IOERR: (dataDir) => `the disk that holds ${dataDir} failed`,
};

/** SQLite's or the system's own name for the error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("code" in error && typeof error.code === "string" && error.code !== "") return error.code;
  // libsql reports a failed open without a code, with SQLite's number at the end of the text.
  return /Unable to open connection to local database .*: 14\b/.test(error.message)
    ? "SQLITE_CANTOPEN"
    : undefined;
}

/** The error in words for the operator; undefined when it is not one that can be put better. */
export function explainSqlite(error: unknown, dataDir: string): string | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (error instanceof Error && /^no such (table|column): /.test(error.message)) {
    return `${dataDir} does not have the tables of this version of Latchkey; use the one that wrote it (${error.message})`;
  }
  // Extended codes (SQLITE_IOERR_WRITE) begin with the plain one.
  const words = WORDS[code] ?? WORDS[code.split("_").slice(0, 2).join("_")];
  return words && `${words(dataDir)} (${code})`;
}
