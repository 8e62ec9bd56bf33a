import type { Shown } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import type { Baseline } from "./baseline.js";
import type { Drift } from "./drift.js";
import { refuseOtherDrift } from "./drift-digest.js";
import { refuseAlteredWatch } from "./recorded/refuse-altered-watch.js";

/** Which drift is meant, and, where a button was pressed, what its card showed; a command means it as it is by now. */
export interface DriftChoice extends Partial<Shown> {
  readonly driftNumber: number;
}

/** A drift that can be decided, and what it differs from. */
export interface DecidableDrift {
  readonly kind: "decidable";
  readonly drift: Drift;
  readonly baseline: Baseline;
}

/**
 * The drift, if it can still be decided as it was shown, and is what was recorded. A card of another drift is told nothing
 * of this one.
 * @throws Fault
 */
export async function findOpenDrift(
  ports: Pick<Ports, "watch" | "log" | "metrics">,
  { tenantId }: Pick<Rules, "tenantId">,
  { driftNumber, revision, digest = "" }: DriftChoice,
): Promise<DecidableDrift | Refusal> {
  const watched = await ports.watch.recorded(tenantId, driftNumber);
  if (watched.kind === "altered") return refuseAlteredWatch(ports, watched);
  const { drift, baseline } = watched;
  if (drift === undefined) return refuse({ code: "unknown-drift", driftNumber });
  const other = revision === undefined ? undefined : refuseOtherDrift(drift, { revision, digest });
  if (other) return other;
  const { state } = drift;
  if (state.kind !== "open") {
    const by = "by" in state ? { by: state.by } : {};
    return refuse({ code: "drift-decided", driftNumber, state: state.kind, ...by });
  }
  // A plan that was applied since is the baseline now: the next check says what of the difference is left.
  const isRebased = baseline?.version !== drift.baseline.version;
  if (baseline === undefined || isRebased || (revision !== undefined && revision !== drift.revision)) {
    return refuse({ code: "stale-drift", driftNumber, revision: drift.revision });
  }
  return { kind: "decidable", drift, baseline };
}
