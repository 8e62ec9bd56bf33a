import { createHash } from "node:crypto";
import type { StoredRow } from "./copied-tables.js";

/** How many rows a table has, and what is in them, whichever comes first. */
export interface TableDigest {
  readonly rows: number;
  /** 64 hex digits. */
  readonly digest: string;
}

/** Adds rows up, one at a time. Two databases have no order in common, so the hashes of rows are laid over each other. */
export class RowDigest {
  #rows = 0;
  readonly #sum = Buffer.alloc(32);

  add(row: StoredRow): void {
    const members = Object.keys(row)
      .sort()
      .map((name) => [name, storable(row[name])]);
    const hash = createHash("sha256").update(JSON.stringify(members)).digest();
    // No two rows of a table are equal, as each has its key: none takes another one out.
    for (const [at, byte] of hash.entries()) this.#sum[at] = (this.#sum[at] ?? 0) ^ byte;
    this.#rows += 1;
  }

  get value(): TableDigest {
    return { rows: this.#rows, digest: this.#sum.toString("hex") };
  }
}

/** PostgreSQL's text holds every character but this one, in whose place it has another. */
function storable(value: StoredRow[string] | undefined): unknown {
  return typeof value === "string" ? value.replaceAll("\u0000", "\ufffd") : value;
}
