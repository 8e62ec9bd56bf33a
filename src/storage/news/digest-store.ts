import { z } from "zod";
import type { Digest, DigestSwitch } from "../../core/news/digest.js";
import type { TenantId } from "../../core/person.js";
import type { DigestStore } from "../../core/stores/digest-store.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";
import type { Queries } from "../schema.js";

/** Digests that were told, and whether they are wanted. */
export function createDigestStore(database: Database, recorder = new Recorder()): DigestStore {
  return {
    add: (digest) =>
      database.together("storing a digest", async (statements) => {
        const { tenantId, day } = digest;
        await takeTurn(statements, tenantId);
        if (!(await readSwitch(statements, tenantId)).isOn) return false;
        const { numInsertedOrUpdatedRows } = await statements
          .insertInto("digests")
          .values({ tenant_id: tenantId, day, body: JSON.stringify(digest) })
          .onConflict((conflict) => conflict.columns(["tenant_id", "day"]).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),

    find: (tenant, day) =>
      database.run("reading a digest", async (queries) => {
        const row = await ofTenant(queries, tenant).where("day", "=", day).executeTakeFirst();
        return row && toDigest(row.body);
      }),

    latest: (tenant) =>
      database.run("reading the last digest", async (queries) => {
        const row = await ofTenant(queries, tenant).orderBy("day", "desc").limit(1).executeTakeFirst();
        return row && toDigest(row.body);
      }),

    isOn: (tenant) =>
      database.run("reading whether a digest is wanted", (queries) => readSwitch(queries, tenant)),

    turn: (tenant, to, entry) =>
      database.together("turning the digest on or off", async (statements) => {
        await takeTurn(statements, tenant);
        if ((await readSwitch(statements, tenant)).isOn === to.isOn) return false;
        const values = { is_on: to.isOn ? 1 : 0, body: JSON.stringify(to) };
        await statements
          .insertInto("digest_switches")
          .values({ tenant_id: tenant, ...values })
          .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(values))
          .execute();
        await recorder.record(statements, entry);
        return true;
      }),
  };
}

const ofTenant = (queries: Queries, tenant: TenantId) =>
  queries.selectFrom("digests").select("body").where("tenant_id", "=", tenant);

const storedSwitch = z.looseObject({
  isOn: z.boolean(),
  said: z.looseObject({ by: z.looseObject({ id: z.string(), name: z.string() }), at: z.string() }),
});

/** It is wanted until an approver says otherwise. */
async function readSwitch(queries: Queries, tenant: TenantId): Promise<DigestSwitch> {
  const rows = queries.selectFrom("digest_switches").select("body").where("tenant_id", "=", tenant);
  const row = await rows.executeTakeFirst();
  if (row === undefined) return { isOn: true };
  return parseStored("whether a digest is wanted", storedSwitch, row.body) as unknown as DigestSwitch;
}

const storedDigest = z.looseObject({
  tenantId: z.string(),
  day: z.string(),
  at: z.string(),
  open: z.looseObject({ count: z.int(), plans: z.array(z.looseObject({ number: z.int() })) }),
  notices: z.array(z.looseObject({ about: z.string() })),
});

function toDigest(body: string): Digest {
  return parseStored("a digest", storedDigest, body) as unknown as Digest;
}
