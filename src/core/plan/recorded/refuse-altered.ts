import { type Refusal, refuse } from "../../errors.js";
import type { Ports } from "../../ports.js";
import type { Plan } from "../plan.js";
import type { Alteration } from "./as-recorded.js";
import { noteAltered } from "./note-altered.js";

/** A plan in the store is not what was recorded: nothing is written of it, and the operator hears of it. */
export function refuseAltered(
  ports: Pick<Ports, "log" | "metrics" | "attention" | "alteredPlans">,
  { number: planNumber }: Pick<Plan, "number">,
  why: Alteration,
): Refusal {
  noteAltered(ports, planNumber, why);
  ports.metrics.planAltered();
  return refuse({ code: "plan-altered", planNumber, why });
}
