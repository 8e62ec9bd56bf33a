import { constants, existsSync } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Config } from "../config.js";
import { postgresOf } from "../connect/store-place.js";
import { Fault } from "../core/errors.js";
import { tenantId } from "../core/person.js";
import type { MetadataLook, StoreLook } from "../core/ports/probes.js";
import type { Log } from "../core/ports.js";
import type { EntraApp } from "../graph/entra-app.js";
import { readPostgres } from "../storage/engine/postgres/postgres-reader.js";
import { readSqlite } from "../storage/engine/sqlite/sqlite-reader.js";
import { type LookedAt, lookAtStore } from "../storage/look-at-store.js";

const SILENT: Log = { info() {}, warn() {}, error() {} };
/** After so long the metadata that is published monthly is not the newest. */
const METADATA_GOOD_MS = 45 * 24 * 60 * 60_000;

/** The store and what is kept in it, seen from outside: the bot may run on it at the same time. Writes nothing. */
export function ownStore(config: Config, app: EntraApp, now: () => Date) {
  let looked: Promise<LookedAt | StoreLook> | undefined;
  const look = () => {
    looked ??= lookOnce(config, app);
    return looked;
  };
  const what = whereItIs(config);
  return {
    async store(): Promise<StoreLook> {
      const found = await look();
      if ("kind" in found) return found;
      if (found.isNew) return { kind: "new", what };
      return { kind: "in-use", what, records: found.records, scans: found.scans };
    },
    async metadata(): Promise<MetadataLook> {
      const found = await look();
      const fetched = "kind" in found ? undefined : found.metadataFetchedAt;
      if (fetched === undefined) return { inUse: undefined };
      const fetchedAt = new Date(fetched);
      const isOverdue = now().getTime() - fetchedAt.getTime() > METADATA_GOOD_MS;
      return { inUse: { fetchedAt, isOverdue } };
    },
  };
}

function whereItIs({ database, dataDir }: Config): string {
  if (database === undefined) return `The folder ${resolve(dataDir)}`;
  return `The database ${database.database} at ${database.host}:${database.port}`;
}

async function lookOnce(config: Config, app: EntraApp): Promise<LookedAt | StoreLook> {
  const what = whereItIs(config);
  const postgres = postgresOf(config, app, SILENT);
  try {
    if (postgres !== undefined) return await lookAtStore(readPostgres(postgres), tenantId(config.tenantId));
    const folder = resolve(config.dataDir);
    const there = nearestThere(folder);
    if (!(await stat(there)).isDirectory())
      return { kind: "unusable", what, why: `${there} is a file, not a folder` };
    await access(there, constants.W_OK);
    if (!existsSync(join(folder, "latchkey.db"))) return { kind: "new", what };
    return await lookAtStore(readSqlite(folder), tenantId(config.tenantId));
  } catch (error) {
    return { kind: "unusable", what, why: whyNot(error) };
  }
}

/** The folder, or that in which it would be made. */
function nearestThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
}

function whyNot(error: unknown): string {
  if (error instanceof Fault) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "it cannot be read";
}
