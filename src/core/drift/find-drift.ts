import type { Shown } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import type { Drift } from "./drift.js";
import { refuseOtherDrift } from "./drift-digest.js";

/** Which drift is meant, and, where a button was pressed, what its card showed; a command means it as it is by now. */
export interface DriftChoice extends Partial<Shown> {
  readonly driftNumber: number;
}

/** The drift, if it can still be decided as it was shown. A card of another drift is told nothing of this one. @throws Fault */
export async function findOpenDrift(
  ports: Pick<Ports, "watch">,
  { tenantId }: Pick<Rules, "tenantId">,
  { driftNumber, revision, digest = "" }: DriftChoice,
): Promise<Drift | Refusal> {
  const drift = await ports.watch.findDrift(tenantId, driftNumber);
  if (drift === undefined) return refuse({ code: "unknown-drift", driftNumber });
  const other = revision === undefined ? undefined : refuseOtherDrift(drift, { revision, digest });
  if (other) return other;
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
