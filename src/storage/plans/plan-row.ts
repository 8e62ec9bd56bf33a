import { z } from "zod";
import { type Plan, type PlanStateKind, type PlanSummary, summaryOf } from "../../core/plan/plan.js";
import { parsedOnce, parseStored } from "../engine/stored-json.js";
import type { Tables } from "../schema.js";

/** States without a write that is open; `satisfies` makes a missing or a misspelt one fail to compile. */
const NO_OPEN_WRITE = Object.keys({
  waiting: true,
  applied: true,
  refused: true,
  rejected: true,
  cancelled: true,
  expired: true,
  superseded: true,
} satisfies Record<Exclude<PlanStateKind, "applying" | "unknown">, true>);

const person = z.looseObject({ id: z.string(), name: z.string() });
const approval = z.looseObject({ by: person, at: z.string(), revision: z.int(), conversation: z.string() });
const lostSight = z.looseObject({ replica: z.string(), elapsed: z.number() });
const lost = { kind: z.literal("unknown"), at: z.string(), lostSight };
/** Of an open write everything has to be there that decides when it is taken for lost. */
const state = z.union([
  z.looseObject({ kind: z.enum(NO_OPEN_WRITE) }),
  z.looseObject({ kind: z.literal("applying"), replica: z.string() }),
  z.looseObject({ ...lost, seen: z.enum(["before", "nothing"]) }),
  z.looseObject({ ...lost, seen: z.literal("something-else"), found: z.looseObject({}) }),
]);
const storedPlan = z.looseObject({
  tenantId: z.string(),
  number: z.int().positive(),
  revision: z.int().positive(),
  version: z.int().positive(),
  command: z.string(),
  intent: z.looseObject({ kind: z.string() }),
  requester: person,
  conversation: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  proposal: z.looseObject({
    before: z.looseObject({}),
    after: z.looseObject({}),
    fingerprint: z.string(),
    changes: z.array(z.looseObject({ setting: z.string() })),
    warnings: z.array(z.looseObject({ kind: z.string() })),
    impact: z.looseObject({
      narrows: z.boolean(),
      coverage: z.looseObject({ complete: z.boolean(), from: z.string(), unreadCount: z.int() }),
    }),
  }),
  approvals: z.array(approval),
  approvalsRequired: z.int().positive(),
  state,
});

/** @throws Fault when the row is damaged or its columns contradict its body */
export function toPlan(
  row: Pick<Tables["plans"], "tenant_id" | "number" | "version" | "state" | "body">,
): Plan {
  return parseStored(
    `plan #${row.number}`,
    storedPlan,
    row.body,
    (body) =>
      body.tenantId === row.tenant_id &&
      body.number === row.number &&
      body.version === row.version &&
      body.state.kind === row.state,
  ) as unknown as Plan;
}

export function toRow(plan: Plan): Tables["plans"] {
  return {
    tenant_id: plan.tenantId,
    number: plan.number,
    version: plan.version,
    state: plan.state.kind,
    body: JSON.stringify(plan),
    expires_at: plan.expiresAt,
    summary: JSON.stringify(summaryOf(plan)),
  };
}

const storedSummary = z.looseObject({
  number: z.int().positive(),
  revision: z.int().positive(),
  intent: z.looseObject({ kind: z.string() }),
  requester: person,
  createdAt: z.string(),
  expiresAt: z.string(),
  proposal: z.looseObject({ modelNames: z.record(z.string(), z.string()) }),
  approvals: z.array(approval),
  approvalsRequired: z.int().positive(),
  state,
});

/** More than plans that wait: each new one is compared with those. */
const SUMMARIES_KEPT = 200;
const readSummary = parsedOnce(storedSummary, SUMMARIES_KEPT);

/** @throws Fault when the row is damaged */
export function toSummary(row: Pick<Tables["plans"], "number" | "summary">): PlanSummary {
  return readSummary(`plan #${row.number}`, row.summary) as unknown as PlanSummary;
}
