import type { Baseline, BaselineDraft } from "../../core/drift/baseline.js";
import type { Drift } from "../../core/drift/drift.js";
import type { AlteredWatch } from "../../core/drift/recorded/watch-trail.js";
import { Fault } from "../../core/errors.js";
import type { TenantId } from "../../core/person.js";
import type { Rebase } from "../../core/stores/plan-store.js";
import type { Watched, WatchStore } from "../../core/stores.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { inSlices } from "../engine/in-slices.js";
import { keptQuery } from "../engine/kept-query.js";
import { numbered, takeTurn } from "../numbering.js";
import type { Queries, Together } from "../schema.js";
import { readRecorded, withHashes } from "./recorded-watch.js";
import { WatchRecords } from "./watch-records.js";
import { toBaseline, toBaselineRow, toDrift, toDriftRow } from "./watch-row.js";

/** What the policy is compared with, and in what it differs from that. */
export function createWatchStore(
  database: Database,
  recorder = new Recorder(),
  records = new WatchRecords(recorder.keys),
): WatchStore {
  return {
    recorded: (tenant, driftNumber) =>
      database.together("comparing the watch with its records", async (statements) => {
        await takeTurn(statements, tenant);
        return readRecorded(records, statements, tenant, driftNumber);
      }),

    baseline: (tenant) =>
      database.run("reading what the policy is compared with", (queries) => readBaseline(queries, tenant)),

    setFirst: (draft, record) =>
      database.together("storing what the policy is compared with", async (statements) => {
        await takeTurn(statements, draft.tenantId);
        if ((await readBaseline(statements, draft.tenantId)) !== undefined) return undefined;
        orThrow(await readRecorded(records, statements, draft.tenantId));
        const baseline = await setBaseline(statements, draft, undefined);
        await recorder.recordAll(statements, withHashes([record], { baseline }));
        return baseline;
      }),

    sawBaseline: ({ tenantId, version }, at) =>
      database.together("storing when the policy was read", async (statements) => {
        await takeTurn(statements, tenantId);
        const update = statements.updateTable("baselines").set({ seen_at: at });
        await update.where("tenant_id", "=", tenantId).where("version", "=", version).execute();
      }),

    openDrift: (tenant) =>
      database.run("reading the open drift", (queries) => readOpenDrift(queries, tenant)),

    lastDrift: (tenant) =>
      database.run("reading the last drift", async (queries) => {
        const all = queries.selectFrom("drifts").selectAll().where("tenant_id", "=", tenant);
        const row = await all.orderBy("number", "desc").limit(1).executeTakeFirst();
        return row && toDrift(row);
      }),

    findDrift: (tenant, number) =>
      database.run(`reading drift ${number}`, async (queries) => {
        const all = queries.selectFrom("drifts").selectAll().where("tenant_id", "=", tenant);
        const row = await all.where("number", "=", number).executeTakeFirst();
        return row && toDrift(row);
      }),

    readThrough: (tenant, among) => readThrough(database, tenant, among),

    beginDrift: (draft, record) =>
      database.together("storing a new drift", async (statements) => {
        await takeTurn(statements, draft.tenantId);
        if ((await readOpenDrift(statements, draft.tenantId)) !== undefined) return undefined;
        if (await isOvertaken(statements, draft)) return undefined;
        orThrow(await readRecorded(records, statements, draft.tenantId));
        const { number, installation } = await numbered(statements, draft.tenantId, "last_drift");
        const drift: Drift = { ...draft, number, version: 1, installation };
        await statements.insertInto("drifts").values(toDriftRow(drift)).execute();
        await recorder.recordAll(statements, withHashes([record], { drift }));
        return drift;
      }),

    replaceDrift: (next, entries, draft) =>
      database.together(`storing drift ${next.number}`, async (statements) => {
        await takeTurn(statements, next.tenantId);
        const baseline = await readBaseline(statements, next.tenantId);
        if (baseline?.version !== next.baseline.version) return undefined;
        if (draft === undefined && (await hasUnsettledPlan(statements, next.tenantId))) return undefined;
        orThrow(await readRecorded(records, statements, next.tenantId, next.number));
        const drift = await replace(statements, next);
        if (drift === undefined) return undefined;
        const set = draft && (await setBaseline(statements, draft, baseline));
        await recorder.recordAll(statements, withHashes(entries, { drift, baseline: set }));
        return drift;
      }),
  };
}

async function* readThrough(database: Database, tenant: TenantId, among: number): AsyncGenerator<Drift> {
  const sized = await database.run("looking for the last drifts", (queries) =>
    queries
      .selectFrom("drifts")
      .select(({ ref, fn }) => ["number", fn<number | string>("length", [ref("body")]).as("size")])
      .where("tenant_id", "=", tenant)
      .orderBy("number", "desc")
      .limit(among)
      .execute(),
  );
  for (const numbers of inSlices(sized)) {
    yield* await database.run(`reading drifts ${numbers.at(-1)} to ${numbers[0]}`, async (queries) => {
      const rows = queries.selectFrom("drifts").selectAll().where("tenant_id", "=", tenant);
      return (await rows.where("number", "in", numbers).orderBy("number", "desc").execute()).map(toDrift);
    });
  }
}

/**
 * What an applied plan makes of the watch, as part of the transaction that says so. A watch that was edited stays as it is:
 * the outcome of a write is not lost for it, and nothing is sealed on top.
 * @returns the drift that ended
 */
export async function rebaseWatch(
  { recorder, records }: { readonly recorder: Recorder; readonly records: WatchRecords },
  statements: Together,
  tenant: TenantId,
  rebase: Rebase,
): Promise<{ readonly drift?: Drift; readonly altered?: AlteredWatch }> {
  const watched = await readRecorded(records, statements, tenant);
  if (watched.kind === "altered") return { altered: watched };
  const next = rebase(watched);
  const baseline = await setBaseline(statements, next.baseline, watched.baseline);
  const drift = next.drift && (await replace(statements, next.drift));
  await recorder.recordAll(statements, withHashes(next.records, { drift, baseline }));
  return drift === undefined ? {} : { drift };
}

/** It was as recorded when the change was made of it: the store was edited since. */
function orThrow(watched: Watched | AlteredWatch): void {
  if (watched.kind === "as-recorded") return;
  throw new Fault("store-altered", "The watch in the store is not what was recorded.");
}

async function readBaseline(queries: Queries, tenant: TenantId): Promise<Baseline | undefined> {
  const [row] = (await baselineOf(queries, { tenant })).rows;
  return row && toBaseline(row);
}

const baselineOf = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  queries.selectFrom("baselines").selectAll().where("tenant_id", "=", tenant),
);

async function readOpenDrift(queries: Queries, tenant: TenantId): Promise<Drift | undefined> {
  const [row] = (await openDriftOf(queries, { tenant })).rows;
  return row && toDrift(row);
}

const openDriftOf = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  queries.selectFrom("drifts").selectAll().where("tenant_id", "=", tenant).where("state", "=", "open"),
);

/** Whether what was read of the policy may be our own doing, or was compared with something else. */
async function isOvertaken(
  queries: Queries,
  { tenantId, baseline }: Pick<Drift, "tenantId" | "baseline">,
): Promise<boolean> {
  const current = await readBaseline(queries, tenantId);
  return current?.version !== baseline.version || hasUnsettledPlan(queries, tenantId);
}

async function hasUnsettledPlan(queries: Queries, tenant: TenantId): Promise<boolean> {
  const numbers = queries.selectFrom("plans").select("number").where("tenant_id", "=", tenant);
  const row = await numbers.where("state", "in", ["applying", "unknown"]).limit(1).executeTakeFirst();
  return row !== undefined;
}

async function setBaseline(
  statements: Together,
  draft: BaselineDraft,
  before: Baseline | undefined,
): Promise<Baseline> {
  const baseline: Baseline = { ...draft, version: (before?.version ?? 0) + 1 };
  const { tenant_id, ...values } = toBaselineRow(baseline);
  await statements
    .insertInto("baselines")
    .values({ tenant_id, ...values })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(values))
    .execute();
  return baseline;
}

/** Compare-and-set. */
async function replace(statements: Together, next: Drift): Promise<Drift | undefined> {
  const drift: Drift = { ...next, version: next.version + 1 };
  const { tenant_id, number, ...values } = toDriftRow(drift);
  const update = statements.updateTable("drifts").set(values).where("tenant_id", "=", tenant_id);
  const { numUpdatedRows } = await update
    .where("number", "=", number)
    .where("version", "=", next.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 0n ? undefined : drift;
}
