import { conversationId, tenantId } from "../../core/person.js";
import type { PostingStore } from "../../core/stores.js";
import type { Database } from "../engine/database.js";

/** Where the card of each plan, each scan and each drift was posted. The same posting twice is one posting. */
export function createPostingStore(database: Database): PostingStore {
  return {
    add: (posting) =>
      database.together("storing where a card was posted", async (statements) => {
        await statements
          .insertInto("postings")
          .values({
            tenant_id: posting.tenantId,
            plan_number: posting.planNumber,
            conversation_id: posting.conversation,
            activity_id: posting.activityId,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),

    of: (tenant, planNumber) =>
      database.run("reading where a card was posted", async (queries) => {
        const rows = await queries
          .selectFrom("postings")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("plan_number", "=", planNumber)
          .orderBy("conversation_id")
          .orderBy("activity_id")
          .execute();
        return rows.map((row) => ({
          tenantId: tenantId(row.tenant_id),
          planNumber: row.plan_number,
          conversation: conversationId(row.conversation_id),
          activityId: row.activity_id,
        }));
      }),

    addScan: (posting) =>
      database.together("storing where a scan's card was posted", async (statements) => {
        await statements
          .insertInto("scan_postings")
          .values({
            tenant_id: posting.tenantId,
            scan_id: posting.scanId,
            conversation_id: posting.conversation,
            activity_id: posting.activityId,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),

    addDrift: (posting) =>
      database.together("storing where a drift's card was posted", async (statements) => {
        await statements
          .insertInto("drift_postings")
          .values({
            tenant_id: posting.tenantId,
            drift_number: posting.driftNumber,
            conversation_id: posting.conversation,
            activity_id: posting.activityId,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),

    ofDrift: (tenant, driftNumber) =>
      database.run("reading where a drift's card was posted", async (queries) => {
        const rows = await queries
          .selectFrom("drift_postings")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("drift_number", "=", driftNumber)
          .orderBy("conversation_id")
          .orderBy("activity_id")
          .execute();
        return rows.map((row) => ({
          tenantId: tenantId(row.tenant_id),
          driftNumber: row.drift_number,
          conversation: conversationId(row.conversation_id),
          activityId: row.activity_id,
        }));
      }),

    ofScan: (tenant, scanId) =>
      database.run("reading where a scan's card was posted", async (queries) => {
        const rows = await queries
          .selectFrom("scan_postings")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("scan_id", "=", scanId)
          .orderBy("conversation_id")
          .orderBy("activity_id")
          .execute();
        return rows.map((row) => ({
          tenantId: tenantId(row.tenant_id),
          scanId: row.scan_id,
          conversation: conversationId(row.conversation_id),
          activityId: row.activity_id,
        }));
      }),
  };
}
