import { join } from "node:path";
import { ConfigError, readStoreConfig, type StoreConfig } from "./config.js";
import { RecordKeys } from "./core/audit/record-keys.js";
import { Fault, unreachable } from "./core/errors.js";
import { backUp } from "./storage/copies/back-up.js";
import { moveStore } from "./storage/copies/move-store.js";
import { restoreBackup } from "./storage/copies/restore-backup.js";
import { readPostgres } from "./storage/engine/postgres/postgres-reader.js";
import { readSqlite } from "./storage/engine/sqlite/sqlite-reader.js";
import { forgetPerson } from "./storage/forget-person.js";
import { readArguments, type Wanted } from "./store-cli/arguments.js";
import { HELP } from "./store-cli/help.js";
import { isAltered, restoredWords } from "./store-cli/restored-words.js";
import { postgresOf, storePlace, WrongUsage } from "./store-cli/store-place.js";

const EXIT = { altered: 1, unusable: 2 } as const;
const say = (text: string): void => void process.stdout.write(text);

async function run(wanted: Wanted): Promise<void> {
  switch (wanted.kind) {
    case "help":
      return say(HELP);
    case "backup":
      return backup(readStoreConfig(), wanted.file);
    case "restore":
      return restore(readStoreConfig(), wanted);
    case "move":
      return move(readStoreConfig());
    case "forget":
      return forget(readStoreConfig(), wanted.personId);
    default:
      return unreachable(wanted);
  }
}

async function backup(config: StoreConfig, given: string | undefined): Promise<void> {
  const at = new Date();
  const name = `latchkey-${at.toISOString().slice(0, 19).replaceAll(":", "-")}.backup.gz`;
  const file = given ?? join(config.backupDir ?? "", name);
  const postgres = postgresOf(config);
  const engine = postgres === undefined ? readSqlite(config.dataDir) : readPostgres(postgres);
  const { tables, heads } = await backUp(engine, { file, at });
  say(`${file}: ${rowsIn(tables)} rows.\n${headsIn(heads)}`);
}

async function restore(
  config: StoreConfig,
  { file, skip }: { readonly file: string; readonly skip: number },
): Promise<void> {
  const keys = new RecordKeys(config.recordKeys);
  const now = () => new Date();
  const { backup, tenants } = await restoreBackup(storePlace(config), file, { skip, keys, now });
  say(
    `Restored ${rowsIn(backup.tables)} rows of ${backup.at}.\n${headsIn(backup.heads)}${restoredWords(tenants)}`,
  );
  if (isAltered(tenants)) process.exitCode = EXIT.altered;
}

async function move(config: StoreConfig): Promise<void> {
  const to = postgresOf(config);
  if (to === undefined)
    throw new WrongUsage("DATABASE_URL is not set: it names the empty database to move DATA_DIR to.");
  const { tables, heads } = await moveStore({ dataDir: config.dataDir, to, at: new Date() });
  say(
    `Moved ${rowsIn(tables)} rows, read again there and found the same.\n${headsIn(heads)}` +
      `Now run npm run audit -- verify with DATABASE_URL, then start the bot with it. No bot starts on ${config.dataDir} any more.\n`,
  );
}

async function forget(config: StoreConfig, personId: string): Promise<void> {
  const keys = new RecordKeys(config.recordKeys);
  const tenants = await forgetPerson(storePlace(config), personId, { keys, now: () => new Date() });
  for (const { tenantId, scans, chats, staysInPlans, staysInRecords } of tenants)
    say(
      `Tenant ${tenantId}: removed ${scans} scans that read the person and ${chats} chats of their own. The next change that needs one scans anew.\n` +
        `  ${staysInPlans} plans and ${staysInRecords} records name them and stay: they prove what was decided (docs/privacy.md).\n`,
    );
}

const rowsIn = (tables: Readonly<Record<string, { readonly rows: number }>>): number =>
  Object.values(tables).reduce((sum, { rows }) => sum + rows, 0);

type Heads = Awaited<ReturnType<typeof moveStore>>["heads"];
const headsIn = (heads: Heads): string =>
  heads.map(({ tenantId, sequence, hash }) => `Tenant ${tenantId}: head ${sequence}:${hash}\n`).join("");

async function main(): Promise<void> {
  await run(readArguments(process.argv.slice(2)));
}

main().catch((error: unknown) => {
  const isExpected = [WrongUsage, ConfigError, Fault].some((known) => error instanceof known);
  const text = isExpected ? (error as Error).message : String(error);
  process.stderr.write(error instanceof WrongUsage ? `${text}\n\n${HELP}` : `${text}\n`);
  process.exitCode = EXIT.unusable;
});
