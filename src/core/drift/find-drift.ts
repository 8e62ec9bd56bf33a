import { type Refusal, refuse } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import type { Drift } from "./drift.js";

/** Which drift a button or a command names; without a revision, the latest. */
export interface DriftChoice {
  readonly driftNumber: number;
  readonly revision?: number;
}

/** The drift, if it can still be decided in this revision. @throws Fault */
export async function findOpenDrift(
  ports: Pick<Ports, "watch">,
  { tenantId }: Pick<Rules, "tenantId">,
  { driftNumber, revision }: DriftChoice,
): Promise<Drift | Refusal> {
  const drift = await ports.watch.findDrift(tenantId, driftNumber);
  if (drift === undefined) return refuse({ code: "unknown-drift", driftNumber });
  const { state } = drift;
  if (state.kind !== "open") {
    const by = "by" in state ? { by: state.by } : {};
    return refuse({ code: "drift-decided", driftNumber, state: state.kind, ...by });
  }
  const baseline = await ports.watch.baseline(tenantId);
  // A plan that was applied since is the baseline now: the next check says what of the difference is left.
  const isRebased = baseline?.version !== drift.baseline.version;
  if (isRebased || (revision !== undefined && revision !== drift.revision)) {
    return refuse({ code: "stale-drift", driftNumber, revision: drift.revision });
  }
  return drift;
}
