import type { TenantId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Database } from "../engine/database.js";
import { inSlices, type SizedRow } from "../engine/in-slices.js";
import type { Queries } from "../schema.js";
import { toPlan } from "./plan-row.js";

/** With more of them, comparing takes longer than reading. */
const NAMED_AT_MOST = 20;

/** The last plans in full, newest first, a slice of them at a time. See {@link PlanStore.readThrough}. */
export async function* readThrough(
  database: Database,
  tenant: TenantId,
  { among, naming = [] }: { readonly among: number; readonly naming?: readonly string[] },
): AsyncGenerator<Plan> {
  const found = await database.run("looking for plans about one thing", (queries) =>
    sizesOf(queries, tenant, { among, naming }),
  );
  for (const numbers of inSlices(found)) {
    const plans = await database.run(
      `reading plans #${numbers.at(-1)} to #${numbers[0]}`,
      async (queries) => {
        const rows = queries.selectFrom("plans").selectAll().where("tenant_id", "=", tenant);
        return (await rows.where("number", "in", numbers).orderBy("number", "desc").execute()).map(toPlan);
      },
    );
    yield* plans;
  }
}

function sizesOf(
  queries: Queries,
  tenant: TenantId,
  { among, naming }: { readonly among: number; readonly naming: readonly string[] },
): Promise<readonly SizedRow[]> {
  const plans = queries.selectFrom("plans").where("tenant_id", "=", tenant);
  const last = plans.select("number").orderBy("number", "desc").limit(among);
  const sized = plans
    .select(({ ref, fn }) => ["number", fn<number | string>("length", [ref("body")]).as("size")])
    .where("number", "in", last)
    .orderBy("number", "desc");
  if (naming.length === 0 || naming.length > NAMED_AT_MOST) return sized.execute();
  return sized
    .where(({ eb, fn, or, ref }) => {
      const body = fn<string>("lower", [ref("body")]);
      return or(naming.map((text) => eb(body, "like", `%${text.toLowerCase()}%`)));
    })
    .execute();
}
