import { type Refusal, refuse } from "../../errors.js";
import type { Ports } from "../../ports.js";
import type { AlteredWatch } from "./watch-trail.js";

/** A drift, or what the policy is compared with, is not what was recorded: nothing comes of it, and the operator hears of it. */
export function refuseAlteredWatch(
  ports: Pick<Ports, "log" | "metrics">,
  { driftNumber, why }: AlteredWatch,
): Refusal {
  const drift = driftNumber === undefined ? {} : { driftNumber };
  ports.log.error("watch-altered", { drift: driftNumber, why });
  ports.metrics.planAltered();
  return refuse({ code: "watch-altered", ...drift, why });
}
