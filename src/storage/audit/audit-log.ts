import { isSealed } from "../../core/audit/chain.js";
import type { AuditLog } from "../../core/stores.js";
import type { Database } from "../engine/database.js";
import { LastEvents } from "./last-events.js";
import { toRecord } from "./record-row.js";
import { Recorder, readEnd } from "./recorder.js";

/** The record of what was asked, decided and done, one hash chain a tenant. Only ever added to. */
export function createAuditLog(database: Database, recorder = new Recorder()): AuditLog {
  const lastEvents = new LastEvents();
  return {
    append: (entry) =>
      database.together("adding to the audit log", (statements) => recorder.record(statements, entry)),
    read: (tenant, options = {}) =>
      database.run("reading the audit log", async (queries) => {
        const rows = await queries
          .selectFrom("audit")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("sequence", ">=", options.fromSequence ?? 1)
          .$if(options.planNumber !== undefined, (query) =>
            query.where("plan_number", "=", options.planNumber ?? null),
          )
          .orderBy("sequence")
          .limit(options.limit ?? 1000)
          .execute();
        return rows.map(toRecord);
      }),
    lastOf: (tenant, event, after) =>
      database.run("looking for a record", (queries) => lastEvents.of(queries, { tenant, event, after })),
    isProven: (record) => isSealed(record) && recorder.keys.whyNot(record) === undefined,
    head: (tenant) => database.run("reading the end of the audit log", (queries) => readEnd(queries, tenant)),
    goneEnd: (tenant) =>
      database.run("looking whether the record is whole", (queries) => recorder.goneEnd(queries, tenant)),
  };
}
