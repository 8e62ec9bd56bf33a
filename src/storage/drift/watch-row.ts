import { z } from "zod";
import type { Baseline } from "../../core/drift/baseline.js";
import type { Drift, DriftState } from "../../core/drift/drift.js";
import { parsedOnce, parseStored } from "../engine/stored-json.js";
import type { Tables } from "../schema.js";

/** Every state there is; `satisfies` makes a missing or a misspelt one fail to compile. */
const STATES = Object.keys({
  open: true,
  accepted: true,
  "put-back": true,
  over: true,
} satisfies Record<DriftState["kind"], true>);

const SOURCES = Object.keys({
  "first-read": true,
  applied: true,
  accepted: true,
} satisfies Record<Baseline["source"]["kind"], true>);

const source = z.looseObject({ kind: z.enum(SOURCES) });
const storedBaseline = z.looseObject({
  tenantId: z.string(),
  version: z.int().positive(),
  policy: z.looseObject({}),
  at: z.string(),
  source,
});
const storedDrift = z.looseObject({
  tenantId: z.string(),
  number: z.int().positive(),
  revision: z.int().positive(),
  version: z.int().positive(),
  baseline: z.looseObject({ version: z.int().positive(), source }),
  difference: z.looseObject({
    before: z.looseObject({}),
    after: z.looseObject({}),
    changes: z.array(z.looseObject({ setting: z.string() })),
  }),
  meaning: z.looseObject({ kind: z.enum(["assessed", "no-scan", "not-read"]) }),
  readAt: z.string(),
  writers: z.array(z.looseObject({ name: z.string(), at: z.string() })),
  state: z.looseObject({ kind: z.enum(STATES) }),
});

/** A tenant has one. */
const BASELINES_KEPT = 1;
const readBaseline = parsedOnce(storedBaseline, BASELINES_KEPT);

/** @throws Fault when the row is damaged or its columns contradict its body */
export function toBaseline(row: Tables["baselines"]): Baseline {
  const body = readBaseline(
    "what the policy is compared with",
    row.body,
    ({ tenantId, version }) => tenantId === row.tenant_id && version === row.version,
  );
  return { ...(body as unknown as Baseline), seenAt: row.seen_at };
}

export function toBaselineRow(baseline: Baseline): Tables["baselines"] {
  const { tenantId, version, seenAt } = baseline;
  return { tenant_id: tenantId, version, seen_at: seenAt, body: JSON.stringify(baseline) };
}

/** @throws Fault when the row is damaged or its columns contradict its body */
export function toDrift(row: Tables["drifts"]): Drift {
  return parseStored(
    `drift ${row.number}`,
    storedDrift,
    row.body,
    ({ tenantId, number, version, state }) =>
      tenantId === row.tenant_id &&
      number === row.number &&
      version === row.version &&
      state.kind === row.state,
  ) as unknown as Drift;
}

export function toDriftRow(drift: Drift): Tables["drifts"] {
  const { tenantId, number, version, state } = drift;
  return { tenant_id: tenantId, number, version, state: state.kind, body: JSON.stringify(drift) };
}
