import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip, type Gzip } from "node:zlib";
import { z } from "zod";
import { Fault } from "../../core/errors.js";
import type { StoredRow } from "./copied-tables.js";
import type { TableDigest } from "./row-digest.js";

const FORMAT = 1;
const HEADER = z.looseObject({
  latchkey: z.literal("backup"),
  format: z.number(),
  at: z.string(),
  migrations: z.array(z.string()),
});
const ROW = z.tuple([z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.null()]))]);
const TABLES = z.record(z.string(), z.strictObject({ rows: z.number(), digest: z.string() }));
const HEADS = z.array(z.strictObject({ tenantId: z.string(), sequence: z.number(), hash: z.string() }));
const END = z.looseObject({ tables: TABLES, heads: HEADS, sha256: z.string() });

export interface BackupHeader {
  readonly at: string;
  readonly migrations: readonly string[];
}
export interface BackupEnd {
  readonly tables: Readonly<Record<string, TableDigest>>;
  readonly heads: readonly { readonly tenantId: string; readonly sequence: number; readonly hash: string }[];
}

/** The file's own trouble, in words for the operator. */
function fileFault(file: string, why: string, cause?: unknown): Fault {
  return new Fault("store-unavailable", `${file} ${why}.`, { cause });
}

/** A backup that is being written: lines of JSON, packed by gzip, the last of which has the SHA-256 of those before it. */
export class BackupWriter {
  readonly #file: string;
  readonly #draft: string;
  readonly #gzip: Gzip = createGzip();
  readonly #hash: Hash = createHash("sha256");
  readonly #written: Promise<unknown>;

  /** @throws Fault when the file is there already: an older backup may be the one that is needed */
  constructor(file: string, { at, migrations }: BackupHeader) {
    if (existsSync(file)) throw fileFault(file, "is there already: give another name");
    this.#file = file;
    this.#draft = `${file}.part`;
    // It names people, and who has which passkey.
    this.#written = pipeline(this.#gzip, createWriteStream(this.#draft, { mode: 0o600, flags: "w" }));
    this.#written.catch(() => undefined);
    void this.#line({ latchkey: "backup", format: FORMAT, at, migrations });
  }

  async add(table: string, rows: readonly StoredRow[]): Promise<void> {
    for (const row of rows) await this.#line([table, row]);
  }

  /** Only now the file is there, and it is on the disk. */
  async end(end: BackupEnd): Promise<void> {
    const sha256 = this.#hash.digest("hex");
    this.#gzip.end(`${JSON.stringify({ ...end, sha256 })}\n`);
    await this.#faulty(() => this.#written);
    const handle = await open(this.#draft, "r+");
    await handle.sync();
    await handle.close();
    await rename(this.#draft, this.#file);
  }

  /** Leaves nothing behind. */
  async drop(): Promise<void> {
    this.#gzip.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#draft, { force: true });
  }

  async #line(value: unknown): Promise<void> {
    const line = `${JSON.stringify(value)}\n`;
    this.#hash.update(line);
    if (this.#gzip.write(line)) return;
    // A disk that is full ends the pipe: then there is nothing to wait for.
    await this.#faulty(() => Promise.race([once(this.#gzip, "drain"), this.#written]));
  }

  async #faulty(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      throw fileFault(
        this.#file,
        `cannot be written: ${error instanceof Error ? error.message : error}`,
        error,
      );
    }
  }
}

/** What is to be done with a backup that is read. */
export interface BackupReader {
  readonly header?: (header: BackupHeader) => Promise<void>;
  readonly row?: (table: string, row: StoredRow) => Promise<void>;
}

/**
 * Reads a backup from its beginning to its end. Only the answer says that it is whole: so it is to be read once before
 * anything is believed.
 * @throws Fault when it is cut off, was changed, is none, or is of a later version
 */
export async function readBackup(file: string, reader: BackupReader = {}): Promise<BackupHeader & BackupEnd> {
  const input = createReadStream(file);
  const unpacked = createGunzip();
  const flow = pipeline(input, unpacked);
  flow.catch(() => undefined);
  const hash = createHash("sha256");
  let header: BackupHeader | undefined;
  let end: z.infer<typeof END> | undefined;
  try {
    for await (const line of linesOf(unpacked.setEncoding("utf8"))) {
      if (end !== undefined) throw new Error("it goes on after its end");
      const value: unknown = JSON.parse(line);
      if (!Array.isArray(value) && header !== undefined) {
        end = END.parse(value);
        continue;
      }
      hash.update(`${line}\n`);
      if (header === undefined) {
        header = headerOf(value);
        await reader.header?.(header);
      } else {
        const [table, row] = ROW.parse(value);
        await reader.row?.(table, row);
      }
    }
    await flow;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw fileFault(file, `is no backup that can be read: ${why(error)}`, error);
  }
  if (header === undefined || end === undefined) throw fileFault(file, "is cut off: it has no end");
  if (end.sha256 !== hash.digest("hex")) throw fileFault(file, "was changed since it was written");
  return { ...header, tables: end.tables, heads: end.heads };
}

/** Of when it is and which tables it knows, by its first line; whether it is whole is not looked at. @throws Fault, Error when it is none */
export async function readBackupHeader(file: string): Promise<BackupHeader> {
  const unpacked = createGunzip();
  const flow = pipeline(createReadStream(file), unpacked);
  flow.catch(() => undefined);
  for await (const line of linesOf(unpacked.setEncoding("utf8"))) return headerOf(JSON.parse(line));
  throw fileFault(file, "is cut off: it has no beginning");
}

/** By line feeds alone: Node's own reader also ends a line at characters that may stand in a text. */
async function* linesOf(text: AsyncIterable<string>): AsyncIterable<string> {
  let begun: string[] = [];
  for await (const piece of text) {
    const [first = "", ...more] = piece.split("\n");
    begun.push(first);
    for (const next of more) {
      yield begun.join("");
      begun = [next];
    }
  }
  if (begun.some((rest) => rest !== "")) yield begun.join("");
}

function headerOf(value: unknown): BackupHeader {
  const header = HEADER.parse(value);
  if (header.format !== FORMAT) throw new Error("a later version of Latchkey wrote it; use that one");
  return header;
}

const why = (error: unknown): string => {
  if (error instanceof z.ZodError) return "it is not by npm run store -- backup";
  return error instanceof Error ? error.message : String(error);
};
