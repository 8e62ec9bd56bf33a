import { Kysely, sql } from "kysely";
import { Fault } from "../core/errors.js";
import type { TenantId } from "../core/person.js";
import type { ScansLook } from "../core/ports/probes.js";
import { storeFault } from "./engine/database.js";
import type { Engine } from "./engine/engine.js";
import { MIGRATIONS } from "./migrations/migrate.js";
import { readLatest } from "./scans/finished-scans.js";
import { readPause } from "./scans/own-scan-store.js";
import type { Tables } from "./schema.js";

/** What a look from outside tells of a store; `isNew`: its tables are not made yet. */
export interface LookedAt {
  readonly isNew: boolean;
  readonly records: number;
  /** When the FIDO metadata in it was fetched, as it was stored. */
  readonly metadataFetchedAt: string | undefined;
  readonly scans: ScansLook;
}

const NO_SCANS: ScansLook = { latest: undefined, pause: undefined };

/** Looks at a store beside the bot that uses it. Writes nothing. @throws Fault when it cannot be read, or is of a newer version */
export async function lookAtStore(
  engine: Pick<Engine, "dialect" | "explain" | "release">,
  tenant: TenantId,
): Promise<LookedAt> {
  const queries = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    return await look(queries, tenant);
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw storeFault("looking at the store", engine.explain(error), error);
  } finally {
    await queries.destroy();
    engine.release();
  }
}

async function look(queries: Kysely<Tables>, tenant: TenantId): Promise<LookedAt> {
  const tables = await queries.introspection.getTables();
  const has = (name: string): boolean => tables.some((table) => table.name === name);
  if (!has("audit")) return { isNew: true, records: 0, metadataFetchedAt: undefined, scans: NO_SCANS };
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(queries);
  if (done.rows.some(({ name }) => !(name in MIGRATIONS)))
    throw storeFault("looking at the store", "it was written by a newer version of Latchkey; run that one");
  const { records } = await queries
    .selectFrom("audit")
    .select((each) => each.fn.countAll().as("records"))
    .executeTakeFirstOrThrow();
  const metadata = has("fido_metadata")
    ? await queries.selectFrom("fido_metadata").select("fetched_at").executeTakeFirst()
    : undefined;
  return {
    isNew: false,
    records: Number(records),
    metadataFetchedAt: metadata?.fetched_at,
    // Of a version before this one it has no such table.
    scans: has("own_scan_pauses")
      ? { latest: await readLatest(queries, tenant), pause: await readPause(queries, tenant) }
      : NO_SCANS,
  };
}
