import { readFile } from "node:fs/promises";
import { readArguments, type Wanted } from "./audit-cli/arguments.js";
import { verifyEvidence, writeEvidence } from "./audit-cli/evidence.js";
import { exportRecords } from "./audit-cli/export.js";
import { HELP } from "./audit-cli/help.js";
import { openEngine } from "./audit-cli/open-engine.js";
import { ReaderGone, standardOutput } from "./audit-cli/output.js";
import { verify } from "./audit-cli/verify.js";
import { WrongUsage } from "./audit-cli/which-tenant.js";
import { ConfigError, readStoreConfig } from "./config.js";
import { RecordKeys } from "./core/audit/record-keys.js";
import { Fault, unreachable } from "./core/errors.js";
import { type AuditReader, readAudit } from "./storage/audit/audit-reader.js";

/** Intact or done; broken, truncated or damaged; asked wrongly, or the store cannot be read. */
const EXIT = { fine: 0, broken: 1, unusable: 2 } as const;

const output = standardOutput();
const complain = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** @returns whether what was looked at is intact */
async function run(wanted: Wanted): Promise<boolean> {
  switch (wanted.kind) {
    case "help":
      await output.write(HELP);
      return true;
    case "wrong":
      throw new WrongUsage(`${wanted.why}.\n\n${HELP}`);
    case "verify":
      return inStore((reader, keys) => verify(reader, output, { ...wanted, keys }));
    case "verify-evidence":
      return verifyEvidence(await readEvidence(wanted.file), output);
    case "export":
      return inStore((reader) => exportRecords(reader, output, complain, wanted));
    case "evidence":
      return inStore((reader) => writeEvidence(reader, output, complain, { ...wanted, now: new Date() }));
    default:
      return unreachable(wanted);
  }
}

function inStore(work: (reader: AuditReader, keys: RecordKeys) => Promise<boolean>): Promise<boolean> {
  const config = readStoreConfig();
  return readAudit(openEngine(config), (reader) => work(reader, new RecordKeys(config.recordKeys)));
}

async function readEvidence(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${error instanceof Error ? error.message : error}.`);
  }
}

run(readArguments(process.argv.slice(2))).then(
  (intact) => {
    process.exitCode = intact ? EXIT.fine : EXIT.broken;
  },
  (error: unknown) => {
    // The reader has seen enough, as in `export | head`.
    if (error instanceof ReaderGone) return;
    const isExpected = [WrongUsage, ConfigError, Fault].some((known) => error instanceof known);
    complain(isExpected ? (error as Error).message : String(error));
    process.exitCode = EXIT.unusable;
  },
);
