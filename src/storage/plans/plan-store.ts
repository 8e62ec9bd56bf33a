import { textHash } from "../../core/audit/chain.js";
import type { AuditEntry } from "../../core/audit/record.js";
import { Fault } from "../../core/errors.js";
import type { TenantId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import { type Alteration, whyNotAsRecorded, whyNotFollowing } from "../../core/plan/recorded/as-recorded.js";
import type { PlanStore, Rebase, Replaced, Some } from "../../core/stores/plan-store.js";
import { Recorder } from "../audit/recorder.js";
import { WatchRecords } from "../drift/watch-records.js";
import { rebaseWatch } from "../drift/watch-store.js";
import type { Database } from "../engine/database.js";
import { keptQuery } from "../engine/kept-query.js";
import { takeTurn } from "../numbering.js";
import type { Together } from "../schema.js";
import { insertPlan } from "./insert-plan.js";
import { readStoredPlan, recordsOf } from "./plan-history.js";
import { toPlan, toRow, toSummary } from "./plan-row.js";
import { OPEN, proposePlan } from "./propose-plan.js";
import { readPlan } from "./read-plan.js";
import { readThrough } from "./read-through.js";

/** Plans, each with the records of what happened to it: a change without its record cannot be stored. */
export function createPlanStore(
  database: Database,
  recorder = new Recorder(),
  records = new WatchRecords(recorder.keys),
): PlanStore {
  return {
    create: (draft, records) =>
      database.together("storing a new plan", (statements) =>
        insertPlan({ statements, recorder }, draft, records),
      ),

    propose: (draft, records, asked = {}) =>
      database.together("storing a new plan", (statements) =>
        proposePlan({ statements, recorder }, draft, records, asked),
      ),

    find: (tenant, number) =>
      database.run(`reading plan #${number}`, (queries) => readPlan(queries, tenant, number)),

    versionOf: (tenant, number) =>
      database.run(`looking which version plan #${number} has`, async (queries) => {
        const { rows } = await versionBy(queries, { tenant, number });
        return rows[0]?.version;
      }),

    open: (tenant) =>
      database.run("reading the open plans", async (queries) => {
        // Asked for in order at once, SQLite goes through every plan there ever was, by number.
        const numbers = queries.selectFrom("plans").select("number").where("tenant_id", "=", tenant);
        const rows = await queries
          .selectFrom("plans")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("number", "in", numbers.where("state", "in", OPEN))
          .orderBy("number")
          .execute();
        return rows.map(toPlan);
      }),

    countOpen: (tenant) =>
      database.run("counting the open plans", async (queries) => {
        const rows = await queries
          .selectFrom("plans")
          .select(["state", (row) => row.fn.countAll().as("plans")])
          .where("tenant_id", "=", tenant)
          .where("state", "in", OPEN)
          .groupBy("state")
          .execute();
        // PostgreSQL counts in text.
        const counted = Object.fromEntries(rows.map(({ state, plans }) => [state, Number(plans)]));
        return { waiting: 0, applying: 0, unknown: 0, ...counted };
      }),

    due: (tenant, now) =>
      database.run("looking which plans are due", async (queries) => {
        const numbers = queries.selectFrom("plans").select("number").where("tenant_id", "=", tenant);
        const expired = numbers.where("state", "=", "waiting").where("expires_at", "<=", now);
        const due = numbers.where("state", "in", ["applying", "unknown"]).unionAll(expired);
        return (await due.execute()).map(({ number }) => number).sort((a, b) => a - b);
      }),

    whyAltered: (tenantId, number, read) =>
      database.together(`comparing plan #${number} with its records`, async (statements) => {
        await takeTurn(statements, tenantId);
        return whyAltered(recorder, statements, { tenantId, number }, read);
      }),

    latest: (tenant, limit) =>
      database.run("reading the latest plans", async (queries) => {
        const rows = await queries
          .selectFrom("plans")
          .select(["number", "summary"])
          .where("tenant_id", "=", tenant)
          .orderBy("number", "desc")
          .limit(limit)
          .execute();
        return rows.map(toSummary);
      }),

    countAll: (tenant) =>
      database.run("counting the plans", async (queries) => {
        const counted = queries.selectFrom("plans").select(({ fn }) => fn.countAll().as("plans"));
        return Number((await counted.where("tenant_id", "=", tenant).executeTakeFirstOrThrow()).plans);
      }),

    readThrough: (tenant, which) => readThrough(database, tenant, which),

    lastApplied: (tenant, among) =>
      database.run("reading the last plan that was applied", async (queries) => {
        const [row] = (await lastAppliedBy(queries, { tenant, among })).rows;
        return row && toSummary(row);
      }),

    replace: (next, entries, rebase) => replace({ database, recorder, records }, next, entries, rebase),
  };
}

const lastAppliedBy = keptQuery(
  (queries, { tenant, among }: { readonly tenant: TenantId; readonly among: number }) =>
    queries
      .selectFrom("plans")
      .select(["number", "summary"])
      .where("tenant_id", "=", tenant)
      .where("number", "in", (plans) =>
        plans
          .selectFrom("plans")
          .select("number")
          .where("tenant_id", "=", tenant)
          .orderBy("number", "desc")
          .limit(among),
      )
      .where("state", "=", "applied")
      .orderBy("number", "desc")
      .limit(1),
);

const versionBy = keptQuery(
  (queries, { tenant, number }: { readonly tenant: TenantId; readonly number: number }) =>
    queries
      .selectFrom("plans")
      .select("version")
      .where("tenant_id", "=", tenant)
      .where("number", "=", number),
);

interface Around {
  readonly database: Database;
  readonly recorder: Recorder;
  readonly records: WatchRecords;
}

function replace(
  { database, recorder, records }: Around,
  next: Plan,
  entries: Some<AuditEntry>,
  rebase: Rebase | undefined,
): Promise<Replaced> {
  const plan: Plan = { ...next, version: next.version + 1 };
  return database.together(`storing plan #${next.number}`, async (statements) => {
    await takeTurn(statements, plan.tenantId);
    const why = await whyNotToReplace(recorder, statements, next, entries);
    if (why !== undefined) return why;
    const { tenant_id, number, ...values } = toRow(plan);
    const planHash = textHash(values.body);
    const update = statements
      .updateTable("plans")
      .set(values)
      .where("tenant_id", "=", tenant_id)
      .where("number", "=", number)
      .where("version", "=", next.version);
    try {
      const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return { kind: "conflict" };
    } catch (error) {
      // The keys stay as they are, so this can only be the index that allows one plan in state applying.
      // Nothing was written before it: to end the transaction here leaves everything as it was.
      if (database.isUniqueViolation(error)) return { kind: "busy" };
      throw error;
    }
    const sealed = await recorder.recordAll(
      statements,
      entries.map((entry) => ({ ...entry, planHash })),
    );
    const watch = rebase && (await rebaseWatch({ recorder, records }, statements, plan.tenantId, rebase));
    return { kind: "replaced", plan, records: sealed, ...watch };
  });
}

/** The plan's turn is taken: what is read here stays as it is until the change is stored. */
async function whyNotToReplace(
  recorder: Recorder,
  statements: Together,
  next: Plan,
  entries: readonly AuditEntry[],
): Promise<Exclude<Replaced, { kind: "replaced" }> | undefined> {
  const stored = await readStoredPlan(statements, next);
  if (stored === undefined) return { kind: "conflict" };
  const edited = await whyUnlikeRecords(recorder, statements, stored);
  if (edited !== undefined) return { kind: "altered", why: edited };
  if (stored.plan.version !== next.version) return { kind: "conflict" };
  const why = whyNotFollowing(stored.plan, next, entries);
  return why === undefined ? undefined : { kind: "altered", why };
}

/** A row that is gone or cannot be read is not what was recorded either. */
async function whyAltered(
  recorder: Recorder,
  statements: Together,
  named: Pick<Plan, "tenantId" | "number">,
  read: Plan | undefined,
): Promise<Alteration | undefined> {
  try {
    const stored = await readStoredPlan(statements, named);
    if (stored === undefined) return "row";
    const why = await whyUnlikeRecords(recorder, statements, stored);
    return why ?? (read && whyNotFollowing(stored.plan, read, []));
  } catch (error) {
    if (error instanceof Fault && error.code === "store-altered") return "row";
    throw error;
  }
}

async function whyUnlikeRecords(
  { keys }: Recorder,
  statements: Together,
  { row, plan }: NonNullable<Awaited<ReturnType<typeof readStoredPlan>>>,
): Promise<Alteration | undefined> {
  const records = await recordsOf(statements, plan);
  if (records === "records-missing") return "record";
  if (records.some((record) => keys.whyNot(record) !== undefined)) return "record";
  return whyNotAsRecorded(row, plan, records);
}
