import { z } from "zod";
import type { AffectedPerson, Coverage } from "../../core/impact/impact.js";
import { type Plan, type PlanStateKind, type PlanSummary, summaryOf } from "../../core/plan/plan.js";
import { parseStored } from "../engine/stored-json.js";
import type { Tables } from "../schema.js";

/** Every state there is; `satisfies` makes a missing or a misspelt one fail to compile. */
const STATES = Object.keys({
  waiting: true,
  applying: true,
  applied: true,
  refused: true,
  unknown: true,
  rejected: true,
  cancelled: true,
  expired: true,
  superseded: true,
} satisfies Record<PlanStateKind, true>);

const person = z.looseObject({ id: z.string(), name: z.string() });
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
    impact: z.looseObject({ narrows: z.boolean(), coverage: z.looseObject({ complete: z.boolean() }) }),
  }),
  approvals: z.array(z.looseObject({ by: person, at: z.string(), revision: z.int() })),
  approvalsRequired: z.int().positive(),
  state: z.looseObject({ kind: z.enum(STATES) }),
});

/** @throws Fault when the row is damaged or its columns contradict its body */
export function toPlan(
  row: Pick<Tables["plans"], "tenant_id" | "number" | "version" | "state" | "body">,
): Plan {
  const plan = parseStored(
    `plan #${row.number}`,
    storedPlan,
    row.body,
    (body) =>
      body.tenantId === row.tenant_id &&
      body.number === row.number &&
      body.version === row.version &&
      body.state.kind === row.state,
  );
  return withCoverage(plan as unknown as Plan);
}

/** Version 0.1.0 knew less of a scan's coverage: a plan of that time is shown with what can be told. */
function withCoverage(plan: Plan): Plan {
  const { proposal } = plan;
  const { impact } = proposal;
  const { coverage } = impact;
  if (coverage.from !== undefined) return plan;
  const told: Coverage = {
    ...coverage,
    kind: "full",
    from: coverage.at,
    fullSince: coverage.at,
    carried: 0,
    unreadCount: coverage.unread.length,
    recentIncluded: false,
  };
  const withModels = (people: readonly AffectedPerson[]) =>
    people.map((person) => ({ ...person, models: person.models ?? [] }));
  return {
    ...plan,
    proposal: {
      ...proposal,
      impact: {
        ...impact,
        coverage: told,
        losing: withModels(impact.losing),
        keepingAnother: withModels(impact.keepingAnother),
      },
    },
  };
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
  approvals: z.array(z.looseObject({ by: person, at: z.string(), revision: z.int() })),
  approvalsRequired: z.int().positive(),
  state: z.looseObject({ kind: z.enum(STATES) }),
});

/** @throws Fault when the row is damaged */
export function toSummary(row: Pick<Tables["plans"], "number" | "summary">): PlanSummary {
  return parseStored(`plan #${row.number}`, storedSummary, row.summary) as unknown as PlanSummary;
}
