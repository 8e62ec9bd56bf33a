import { parseArgs } from "node:util";
import { ConfigError, readStoreConfig } from "./config.js";
import { RecordKeys } from "./core/audit/record-keys.js";
import { Fault } from "./core/errors.js";
import { restored } from "./storage/restored.js";
import { NUMBERS_SKIPPED, numbersSkipped } from "./store-cli/numbers-skipped.js";
import { isAltered, restoredWords } from "./store-cli/restored-words.js";
import { storePlace, WrongUsage } from "./store-cli/store-place.js";

const HELP = `To be run once after a store was restored by other means than npm run store -- restore, which does the same, with every Latchkey process stopped and the bot's DATA_DIR or
DATABASE_URL (and RECORD_KEY, where there is one):

  npm run restored [-- --skip <numbers>]

Raises the numbers of plans and drifts (by ${NUMBERS_SKIPPED} unless told otherwise: more than were given since the backup), so that
none is given twice; makes the store a new installation, so that no button of an old card decides anything; ends the plans
that were open in the backup, drops the requests that waited for a scan, lets an open drift go on under a new card; and writes all of it into the record.
`;

function readSkip(given: readonly string[]): number | "help" {
  const options = { skip: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
  let values: { skip?: string; help?: boolean };
  try {
    values = parseArgs({ args: [...given], options }).values;
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error));
  }
  if (values.help) return "help";
  return numbersSkipped(values.skip);
}

async function run(): Promise<void> {
  const skip = readSkip(process.argv.slice(2));
  if (skip === "help") {
    process.stdout.write(HELP);
    return;
  }
  const config = readStoreConfig();
  const keys = new RecordKeys(config.recordKeys);
  const all = await restored(storePlace(config), { skip, keys, now: () => new Date() });
  process.stdout.write(restoredWords(all));
  if (isAltered(all)) process.exitCode = 1;
}

run().catch((error: unknown) => {
  const isExpected = [WrongUsage, ConfigError, Fault].some((known) => error instanceof known);
  const text = isExpected ? (error as Error).message : String(error);
  process.stderr.write(error instanceof WrongUsage ? `${text}\n\n${HELP}` : `${text}\n`);
  process.exitCode = 2;
});
