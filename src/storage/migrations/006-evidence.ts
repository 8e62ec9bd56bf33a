import type { Kysely, Migration } from "kysely";

interface Altered {
  plans: { tenant_id: string; number: number; body: string; summary: string };
  audit: { tenant_id: string; sequence: number; body: string; plan_number: number | null };
}

/** Records in a page: one may be large. */
const PAGE = 50;

/** Plans as a list shows them, records by plan, and links to evidence. */
export const evidence: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const plans = db.schema.alterTable("plans");
    await plans.addColumn("summary", "text", (column) => column.notNull().defaultTo("")).execute();
    await db.schema.alterTable("audit").addColumn("plan_number", "integer").execute();
    const byPlan = db.schema.createIndex("audit_by_plan").on("audit");
    await byPlan.columns(["tenant_id", "plan_number", "sequence"]).execute();
    const links = db.schema.createTable("evidence_links");
    await links
      .addColumn("secret_hash", "text", (column) => column.primaryKey())
      .addColumn("valid_until", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await fillSummaries(db as Kysely<Altered>);
    await fillPlanNumbers(db as Kysely<Altered>);
  },
};

async function fillSummaries(db: Kysely<Altered>): Promise<void> {
  const plans = await db.selectFrom("plans").select(["tenant_id", "number"]).execute();
  for (const { tenant_id, number } of plans) {
    const here = db.selectFrom("plans").where("tenant_id", "=", tenant_id).where("number", "=", number);
    const { body } = await here.select("body").executeTakeFirstOrThrow();
    const summary = summaryOf(body);
    if (summary === undefined) continue;
    await db
      .updateTable("plans")
      .set({ summary })
      .where("tenant_id", "=", tenant_id)
      .where("number", "=", number)
      .execute();
  }
}

async function fillPlanNumbers(db: Kysely<Altered>): Promise<void> {
  const tenants = await db.selectFrom("audit").select("tenant_id").distinct().execute();
  for (const { tenant_id } of tenants) {
    for (let after = 0; ; ) {
      const page = await db
        .selectFrom("audit")
        .select(["sequence", "body"])
        .where("tenant_id", "=", tenant_id)
        .where("sequence", ">", after)
        .orderBy("sequence")
        .limit(PAGE)
        .execute();
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.sequence;
      for (const { sequence, body } of page) {
        const planNumber = planNumberOf(body);
        if (planNumber === undefined) continue;
        await db
          .updateTable("audit")
          .set({ plan_number: planNumber })
          .where("tenant_id", "=", tenant_id)
          .where("sequence", "=", sequence)
          .execute();
      }
    }
  }
}

// What is damaged stays as it is: whoever reads it later meets it as damaged. It must not keep the bot from starting.

function summaryOf(body: string): string | undefined {
  try {
    const { proposal, ...rest } = JSON.parse(body);
    return JSON.stringify({ ...rest, proposal: { modelNames: proposal.modelNames } });
  } catch {
    return undefined;
  }
}

function planNumberOf(body: string): number | undefined {
  try {
    const { planNumber } = JSON.parse(body);
    return Number.isInteger(planNumber) && planNumber < 2 ** 31 ? planNumber : undefined;
  } catch {
    return undefined;
  }
}
