import { randomUUID } from "node:crypto";
import type { RecordKeys } from "../core/audit/record-keys.js";
import { driftDetail, driftEntry } from "../core/drift/drift-entry.js";
import { type TenantId, tenantId } from "../core/person.js";
import { planEntry } from "../core/plan/plan-entry.js";
import { move } from "../core/plan/transition.js";
import type { WatchStore } from "../core/stores.js";
import { Recorder } from "./audit/recorder.js";
import { createWatchStore } from "./drift/watch-store.js";
import { Database } from "./engine/database.js";
import { openEngine, type StorePlace } from "./engine/open-engine.js";
import { migrate } from "./migrations/migrate.js";
import { takeTurn } from "./numbering.js";
import { type Dropped, dropWaiting } from "./plans/drop-waiting.js";
import { createPlanStore } from "./plans/plan-store.js";
import { refuseWhileUsed } from "./replicas/refuse-while-used.js";
import { forgetReplicas } from "./replicas/replica-store.js";

/** What was done with one tenant's part of the store. */
export interface Restored {
  readonly tenantId: TenantId;
  readonly nextPlan: number;
  readonly nextDrift: number;
  /** Plans that were open in the backup. */
  readonly ended: readonly number[];
  /** Those of them that are not as their record has them: they stay as they are, and are written by no process. */
  readonly altered: readonly number[];
  /** What waited for a scan in the backup. */
  readonly dropped: Dropped;
  /** The drift that is open, which is this installation's now: its card is drawn anew. */
  readonly openDrift?: number;
  /** A drift, or what the policy is compared with, is not as its record has it, and stays as it is. */
  readonly watchAltered: boolean;
}

/**
 * Makes a store that was restored from a backup a new installation: numbers go on far above those that may have been given
 * since the backup, every card of before is foreign, and what was open or waited for a scan is ended, for it may have been decided since.
 * @throws Fault when a process uses the store, or it fails
 */
export async function restored(
  place: StorePlace,
  { skip, keys, now }: { readonly skip: number; readonly keys: RecordKeys; readonly now: () => Date },
): Promise<readonly Restored[]> {
  const engine = openEngine(place);
  const database = new Database(engine);
  try {
    await migrate(database);
    if (!engine.isAlone) await refuseWhileUsed(database);
    await forgetReplicas(database);
    const tenants = await database.run("reading its tenants", (queries) =>
      queries.selectFrom("tenants").select("tenant_id").orderBy("tenant_id").execute(),
    );
    const all: Restored[] = [];
    for (const { tenant_id } of tenants)
      all.push(await renew(database, new Recorder(keys), tenantId(tenant_id), { skip, now }));
    return all;
  } finally {
    await database.close();
  }
}

async function renew(
  database: Database,
  recorder: Recorder,
  tenant: TenantId,
  { skip, now }: { readonly skip: number; readonly now: () => Date },
): Promise<Restored> {
  const at = now().toISOString();
  const installation = randomUUID();
  const counters = await database.together("raising its numbers", async (statements) => {
    await takeTurn(statements, tenant);
    const rows = statements.selectFrom("tenants").selectAll().where("tenant_id", "=", tenant);
    const { last_plan, last_drift } = await rows.executeTakeFirstOrThrow();
    const raised = { last_plan: last_plan + skip, last_drift: last_drift + skip };
    const update = statements.updateTable("tenants").set({ ...raised, installation });
    await update.where("tenant_id", "=", tenant).execute();
    const detail = {
      plansSkipped: { from: last_plan + 1, to: raised.last_plan },
      driftsSkipped: { from: last_drift + 1, to: raised.last_drift },
    };
    await recorder.record(statements, { tenantId: tenant, at, event: "store-restored", detail });
    return raised;
  });
  const dropped = await dropWaiting(database, recorder, tenant, at);
  const plans = createPlanStore(database, recorder);
  const ended: number[] = [];
  const altered: number[] = [];
  for (const plan of await plans.open(tenant)) {
    const next = move(plan, { kind: "superseded", at, why: "store-restored" });
    const entry = planEntry(plan, "plan-superseded", at, { detail: { why: "store-restored" } });
    const { kind } = await plans.replace(next, [entry]);
    (kind === "replaced" ? ended : altered).push(plan.number);
  }
  const { last_plan, last_drift } = counters;
  const next = { nextPlan: last_plan + 1, nextDrift: last_drift + 1 };
  const watch = createWatchStore(database, recorder);
  return {
    tenantId: tenant,
    ...next,
    ended,
    altered,
    dropped,
    ...(await takeOver(watch, tenant, { at, installation })),
  };
}

/** A difference is there or not, also after a restore: the drift goes on, and old cards of it decide nothing. */
async function takeOver(
  watch: WatchStore,
  tenant: TenantId,
  { at, installation }: { readonly at: string; readonly installation: string },
): Promise<Pick<Restored, "openDrift" | "watchAltered">> {
  const watched = await watch.recorded(tenant);
  if (watched.kind === "altered") return { watchAltered: true };
  if (watched.drift === undefined) return { watchAltered: false };
  const drift = { ...watched.drift, installation };
  const detail = { ...driftDetail(drift), why: "store-restored" };
  const stored = await watch.replaceDrift(drift, [driftEntry(drift, "drift-changed", { at, detail })]);
  // A plan that is not as its record has it, and is being applied: then nothing is decided on the drift either.
  return stored === undefined ? { watchAltered: true } : { openDrift: drift.number, watchAltered: false };
}
