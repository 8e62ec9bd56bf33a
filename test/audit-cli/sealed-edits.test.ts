import { afterAll, beforeAll, expect, it } from "vitest";
import { textHash } from "../../src/core/audit/chain.js";
import type { JsonObject } from "../../src/core/json.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { planEntry, proposalDetail } from "../../src/core/plan/plan-entry.js";
import { patchBody } from "../../src/core/policy/patch-body.js";
import { toRow } from "../../src/storage/plans/plan-row.js";
import { AT, applying, BOB, draft, entry, TENANT } from "../contracts/stored-things.js";
import { AuditProgram, RecordedLife } from "./audit-program.js";

let program: AuditProgram;
beforeAll(async () => {
  program = await AuditProgram.bundle();
});
afterAll(() => program.remove());

/**
 * A plan that was edited in its table and then approved and written by a version which did not look: each record has
 * sealed the row as it was by then.
 */
async function writtenUnseen(life: RecordedLife, edit: (plan: Plan) => Plan): Promise<void> {
  const about = entry({ revision: 1, detail: proposalDetail(draft().proposal) });
  const proposed = await life.store.plans.create(draft(), [about]);
  const forged = edit(proposed);
  const { before, after } = forged.proposal;
  const approvals = [{ by: BOB, at: AT, revision: 1, conversation: forged.conversation }];
  const begun: Plan = {
    ...forged,
    approvals: [...forged.approvals, ...approvals],
    state: applying,
    version: 2,
  };
  const written: Plan = {
    ...begun,
    state: { kind: "applied", by: BOB, at: AT, clientRequestId: "request-1", otherWriters: [] },
    version: 3,
  };
  const append = (plan: Plan, event: Parameters<typeof planEntry>[1], detail: JsonObject = {}) =>
    life.store.audit.append({
      ...planEntry(plan, event, AT, { by: BOB, detail }),
      planHash: textHash(toRow(plan).body),
    });
  await append(begun, "plan-approved");
  await append(begun, "write-intended", { body: patchBody(before, after) });
  await append(written, "write-verified");
  const row = toRow(written);
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  life.meddle(
    `update plans set body = ${text(row.body)}, summary = ${text(row.summary)}, state = 'applied', version = 3 where number = ${proposed.number}`,
  );
}

it.each<[string, (plan: Plan) => Plan, readonly string[]]>([
  [
    "what it would write",
    (plan) => ({ ...plan, proposal: { ...plan.proposal, after: { state: "disabled", extra: true } } }),
    ["tells of a write that nobody proposed", "record 11 was made: what it would change"],
  ],
  ["who asked for it", (plan) => ({ ...plan, requester: BOB }), ["another person asked for it"]],
  [
    "who approved it",
    (plan) => ({
      ...plan,
      approvals: [{ by: plan.requester, at: AT, revision: 1, conversation: plan.conversation }],
    }),
    ["approvals that are not on record"],
  ],
  ["how many have to approve it", (plan) => ({ ...plan, approvalsRequired: 2 }), ["fewer than it needed"]],
])("an edit that records have sealed since is found for ever: %s", async (_, edit, words) => {
  const life = await RecordedLife.begin();
  await writtenUnseen(life, (plan) => plan);
  expect(await program.run(life.dataDir, "verify")).toMatchObject({ code: 0 });
  await life.end();
  const another = await RecordedLife.begin();
  await writtenUnseen(another, edit);
  const ran = await program.run(another.dataDir, "verify");
  expect(ran.code).toBe(1);
  for (const sentence of words) expect(ran.stdout).toContain(sentence);
  expect(ran.stdout).toContain(`Tenant ${TENANT}: NOT INTACT`);
  await another.end();
});
