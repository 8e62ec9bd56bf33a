import { z } from "zod";
import type { ModelNotice } from "../../core/news/model-notice.js";
import type { TenantId } from "../../core/person.js";
import type { FactChange, ModelNoticeStore } from "../../core/stores/news-store.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";
import type { Queries, Tables, Together } from "../schema.js";

/** What was said of models, and the facts it rests on. */
export function createModelNoticeStore(database: Database, recorder = new Recorder()): ModelNoticeStore {
  const inState = (state: string) => (tenant: TenantId, limit: number) =>
    database.run("reading what was said of models", async (queries) => {
      const rows = await queries
        .selectFrom("model_notices")
        .selectAll()
        .where("tenant_id", "=", tenant)
        .where("state", "=", state)
        .orderBy("found_at", "desc")
        .orderBy("notice_id")
        .limit(limit)
        .execute();
      return rows.map(toNotice);
    });
  return {
    facts: (tenant) =>
      database.run("reading what is known of models", async (queries) => readFacts(queries, tenant)),

    learn: (tenant, changes, notices) =>
      database.together("storing what is known of models", async (statements) => {
        await takeTurn(statements, tenant);
        const known = await readFacts(statements, tenant);
        if (changes.some(({ fact, from }) => known.get(fact) !== from)) return false;
        for (const change of changes) await store(statements, tenant, change);
        for (const notice of notices) {
          await statements.insertInto("model_notices").values(toRow(notice)).execute();
        }
        return true;
      }),

    find: (tenant, id) =>
      database.run("reading a notice of models", async (queries) => {
        const row = await queries
          .selectFrom("model_notices")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("notice_id", "=", id)
          .executeTakeFirst();
        return row && toNotice(row);
      }),

    open: inState("open"),
    putOff: inState("put-off"),

    replace: (next, entry) =>
      database.together("changing a notice of models", async (statements) => {
        await takeTurn(statements, next.tenantId);
        const stored = { ...next, version: next.version + 1 };
        const { numUpdatedRows } = await statements
          .updateTable("model_notices")
          .set(toRow(stored))
          .where("tenant_id", "=", next.tenantId)
          .where("notice_id", "=", next.id)
          .where("version", "=", next.version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return undefined;
        await recorder.record(statements, entry);
        return stored;
      }),
  };
}

async function readFacts(queries: Queries, tenant: TenantId): Promise<ReadonlyMap<string, string>> {
  const facts = queries.selectFrom("model_facts").select(["fact", "value"]).where("tenant_id", "=", tenant);
  return new Map((await facts.execute()).map(({ fact, value }) => [fact, value]));
}

async function store(statements: Together, tenant: TenantId, { fact, from, to }: FactChange): Promise<void> {
  if (from !== undefined) {
    const old = statements.deleteFrom("model_facts").where("tenant_id", "=", tenant);
    await old.where("fact", "=", fact).execute();
  }
  if (to === undefined) return;
  await statements.insertInto("model_facts").values({ tenant_id: tenant, fact, value: to }).execute();
}

type Row = Tables["model_notices"];

function toRow(notice: ModelNotice): Row {
  const { tenantId, id, version, foundAt, state } = notice;
  return {
    tenant_id: tenantId,
    notice_id: id,
    version,
    state: state.kind,
    found_at: foundAt,
    body: JSON.stringify(notice),
  };
}

const storedNotice = z.looseObject({
  tenantId: z.string(),
  id: z.string(),
  version: z.int().positive(),
  about: z.enum(["new", "status", "unused"]),
  models: z.array(z.looseObject({ model: z.looseObject({ aaguid: z.string() }) })).min(1),
  state: z.looseObject({ kind: z.enum(["open", "put-off"]) }),
});

function toNotice(row: Row): ModelNotice {
  return parseStored("a notice of models", storedNotice, row.body) as unknown as ModelNotice;
}
