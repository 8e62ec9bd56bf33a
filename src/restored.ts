import { parseArgs } from "node:util";
import { ConfigError, readStoreConfig, type StoreConfig } from "./config.js";
import { RecordKeys } from "./core/audit/record-keys.js";
import { Fault } from "./core/errors.js";
import type { StorePlace } from "./storage/open-store.js";
import { type Restored, restored } from "./storage/restored.js";

/** More plans than are made between a backup and the moment it is needed. */
const NUMBERS_SKIPPED = 1_000;
const MOST_SKIPPED = 1_000_000;

const HELP = `To be run once after a store was restored from a backup, with every Latchkey process stopped and the bot's DATA_DIR or
DATABASE_URL (and RECORD_KEY, where there is one):

  npm run restored [-- --skip <numbers>]

Raises the numbers of plans and drifts (by ${NUMBERS_SKIPPED} unless told otherwise: more than were given since the backup), so that
none is given twice; makes the store a new installation, so that no button of an old card decides anything; ends the plans
that were open in the backup, drops the requests that waited for a scan, lets an open drift go on under a new card; and writes all of it into the record.
`;

class WrongUsage extends Error {}

function readSkip(given: readonly string[]): number | "help" {
  const options = { skip: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
  let values: { skip?: string; help?: boolean };
  try {
    values = parseArgs({ args: [...given], options }).values;
  } catch (error) {
    throw new WrongUsage(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
  }
  if (values.help) return "help";
  const skip = values.skip === undefined ? NUMBERS_SKIPPED : Number(values.skip);
  if (Number.isInteger(skip) && skip >= 1 && skip <= MOST_SKIPPED) return skip;
  throw new WrongUsage(`--skip takes a whole number from 1 to ${MOST_SKIPPED}.\n\n${HELP}`);
}

/** The store as the bot has it. A user of the database may write here, unlike an auditor's. */
function storePlace({ dataDir, database }: StoreConfig): StorePlace {
  if (database === undefined) return { dataDir };
  const { auth } = database;
  if (auth.kind === "entra") {
    throw new WrongUsage(
      "DATABASE_AUTH is entra, and this program has no identity of its own: give it a DATABASE_URL with a user that may write and a password, and leave DATABASE_AUTH out.",
    );
  }
  const log = { info() {}, warn() {}, error() {} };
  return { postgres: { ...database, password: async () => auth.password.reveal(), log } };
}

const numbers = (plans: readonly number[]): string => plans.map((number) => `#${number}`).join(", ");

function dropped({ requests, askers }: Restored["dropped"]): string {
  const what = requests === 1 ? "1 request" : `${requests} requests`;
  const whose = askers.length === 0 ? "" : ` (${askers.join(", ")})`;
  return `  Dropped, because it may have been answered since the backup: ${what} that waited for a scan${whose}. Who still wants it asks again.`;
}

function words({ tenantId, nextPlan, nextDrift, ended, altered, ...watch }: Restored): string {
  const lines = [
    `Tenant ${tenantId}: a new installation. The next plan is #${nextPlan}, the next drift ${nextDrift}.`,
    ended.length === 0
      ? "  No plan was open."
      : `  Ended, because they may have been decided since the backup: ${numbers(ended)}.`,
    ...(watch.dropped.requests === 0 ? [] : [dropped(watch.dropped)]),
    ...(watch.openDrift === undefined
      ? []
      : [`  Drift ${watch.openDrift} goes on; its cards of before decide nothing.`]),
    ...(watch.watchAltered
      ? ["  A drift, or what the policy is compared with, was left as it is. Run: npm run audit -- verify"]
      : []),
    ...(altered.length === 0
      ? []
      : [
          `  Not as their record has them, and left as they are: ${numbers(altered)}. Run: npm run audit -- verify`,
        ]),
  ];
  return lines.join("\n");
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
  const said = all.length === 0 ? "There is nothing here yet: it is a new store." : all.map(words).join("\n");
  process.stdout.write(
    `${said}\nNote the head of the record now (npm run audit -- verify), then start the bot.\n`,
  );
  if (all.some(({ altered, watchAltered }) => altered.length > 0 || watchAltered)) process.exitCode = 1;
}

run().catch((error: unknown) => {
  const isExpected = [WrongUsage, ConfigError, Fault].some((known) => error instanceof known);
  process.stderr.write(`${isExpected ? (error as Error).message : String(error)}\n`);
  process.exitCode = 2;
});
