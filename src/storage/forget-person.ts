import type { RecordKeys } from "../core/audit/record-keys.js";
import { tenantId } from "../core/person.js";
import { Recorder } from "./audit/recorder.js";
import { Database } from "./engine/database.js";
import { openEngine, type StorePlace } from "./engine/open-engine.js";
import { migrate } from "./migrations/migrate.js";
import { takeTurn } from "./numbering.js";
import { refuseWhileUsed } from "./replicas/refuse-while-used.js";
import { dropScans } from "./scans/old-scans.js";
import type { Together } from "./schema.js";

/** What was removed of a person, and what stays. */
export interface Forgotten {
  readonly tenantId: string;
  /** Each of them named everybody with a passkey: the next change scans anew. */
  readonly scans: number;
  readonly chats: number;
  /** Plans, drifts and records that name the person, and prove what was decided. */
  readonly staysInPlans: number;
  readonly staysInRecords: number;
}

/** What a link or an offer is for names its person, and is of no use without them. */
const OF_A_MOMENT = ["evidence_links", "people_links", "sign_ins"] as const;

/**
 * Removes what is kept of a person and proves nothing: scans that read them, their own chat with the bot and what was posted
 * there, and links that were given to them. Plans and the record stay as they are, which is what makes them a record.
 * @throws Fault when a process uses the store, or it fails
 */
export async function forgetPerson(
  place: StorePlace,
  personId: string,
  { keys, now }: { readonly keys: RecordKeys; readonly now: () => Date },
): Promise<readonly Forgotten[]> {
  const engine = openEngine(place);
  const database = new Database(engine);
  try {
    await migrate(database);
    if (!engine.isAlone) await refuseWhileUsed(database);
    const tenants = await database.run("reading its tenants", (queries) =>
      queries.selectFrom("tenants").select("tenant_id").orderBy("tenant_id").execute(),
    );
    const all: Forgotten[] = [];
    for (const { tenant_id } of tenants) {
      all.push(
        await database.together("forgetting a person", async (statements) => {
          const removed = await removeIn(statements, tenant_id, personId);
          const at = now().toISOString();
          const { scans, chats } = removed;
          const detail = { person: personId, scans, chats };
          await new Recorder(keys).record(statements, {
            tenantId: tenantId(tenant_id),
            at,
            event: "person-forgotten",
            detail,
          });
          return removed;
        }),
      );
    }
    return all;
  } finally {
    await database.close();
  }
}

async function removeIn(statements: Together, tenant: string, person: string): Promise<Forgotten> {
  const id = tenantId(tenant);
  await takeTurn(statements, id);
  const read = await statements
    .selectFrom("scan_people")
    .select("scan_id")
    .distinct()
    .where("tenant_id", "=", tenant)
    .where("person_id", "=", person)
    .execute();
  await dropScans(
    statements,
    id,
    read.map((row) => row.scan_id),
  );
  for (const table of OF_A_MOMENT)
    await statements.deleteFrom(table).where("body", "like", `%${person}%`).execute();
  const own = await statements
    .selectFrom("conversations")
    .select("id")
    .where("tenant_id", "=", tenant)
    .where("kind", "=", "personal")
    .where("body", "like", `%${person}%`)
    .execute();
  const chats = own.map((row) => row.id);
  if (chats.length > 0) {
    await statements.deleteFrom("postings").where("conversation_id", "in", chats).execute();
    await statements.deleteFrom("conversations").where("id", "in", chats).execute();
  }
  return {
    tenantId: tenant,
    scans: read.length,
    chats: chats.length,
    staysInPlans: await countOf(statements, "plans", tenant, person),
    staysInRecords: await countOf(statements, "audit", tenant, person),
  };
}

async function countOf(
  statements: Together,
  table: "plans" | "audit",
  tenant: string,
  person: string,
): Promise<number> {
  const { count } = await statements
    .selectFrom(table)
    .select((rows) => rows.fn.countAll().as("count"))
    .where("tenant_id", "=", tenant)
    .where("body", "like", `%${person}%`)
    .executeTakeFirstOrThrow();
  return Number(count);
}
