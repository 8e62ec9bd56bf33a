import { readFileSync } from "node:fs";
import type { EnvReader } from "./env-reader.js";
import { Secret } from "./secret.js";

/** A key that the record is proven with, from a record's number on. */
export interface RecordKeyConfig {
  readonly from: number;
  /** In hex. */
  readonly key: Secret;
}

const EXPECTED =
  "expected at least 32 random bytes in hex or base64, such as of `openssl rand -hex 32`; or several, each as <number of its first record>:<key>";
const LEAST_BYTES = 32;

/** The keys of `RECORD_KEY` or of the file `RECORD_KEY_FILE`; none when neither is set. No problem quotes a key. */
export function readRecordKeys(reader: EnvReader): readonly RecordKeyConfig[] {
  const [given, file] = [reader.text("RECORD_KEY"), reader.text("RECORD_KEY_FILE")];
  if (given !== undefined && file !== undefined) {
    reader.problems.push("RECORD_KEY and RECORD_KEY_FILE are both set: expected one of them.");
    return [];
  }
  if (given !== undefined) return parseKeys(reader, "RECORD_KEY", given);
  const text = file === undefined ? undefined : readKeys(reader, file);
  return text === undefined ? [] : parseKeys(reader, "RECORD_KEY_FILE", text);
}

/** undefined: it cannot be read, and the reader has noted that. */
function readKeys(reader: EnvReader, file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : "it cannot be read";
    reader.wrong("RECORD_KEY_FILE", file, `a file with the keys of the record (${why})`);
    return undefined;
  }
}

function parseKeys(reader: EnvReader, name: string, text: string): readonly RecordKeyConfig[] {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(parseKey);
  const read = keys.flatMap((key) => key ?? []);
  // An empty file is no way to have no key: a secret that was not filled in would look like that.
  if (keys.length === 0 || read.length < keys.length) {
    reader.problems.push(`${name} holds something that is no key, or none: ${EXPECTED}.`);
  }
  if (new Set(read.map(({ from }) => from)).size < read.length) {
    reader.problems.push(`${name} has two keys from the same record on: expected another number for each.`);
  }
  if (new Set(read.map(({ key }) => key.reveal())).size < read.length) {
    reader.problems.push(`${name} has the same key twice: expected a new one from each number on.`);
  }
  return Object.freeze(read);
}

function parseKey(entry: string): RecordKeyConfig | undefined {
  const [, from = "1", key = ""] = /^(?:([1-9]\d{0,14}):)?([^:]+)$/.exec(entry) ?? [];
  const bytes = /^[0-9a-f]+$/i.test(key)
    ? Buffer.from(key, "hex")
    : /^[\w+/-]+={0,2}$/.test(key)
      ? Buffer.from(key, "base64")
      : Buffer.alloc(0);
  if (bytes.length < LEAST_BYTES) return undefined;
  return Object.freeze({ from: Number(from), key: new Secret(bytes.toString("hex")) });
}
