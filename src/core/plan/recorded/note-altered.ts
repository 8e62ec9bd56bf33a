import { EDITED_ROW_ADVICE } from "../../audit/edited-row-advice.js";
import type { Ports } from "../../ports.js";
import type { Alteration } from "./as-recorded.js";

type NotingPorts = Pick<Ports, "log" | "attention" | "alteredPlans">;

/** Keeps in mind, in this process, in what a plan is not as recorded: logged once, and told to the operator until it is over. */
export function noteAltered(ports: NotingPorts, planNumber: number, why: Alteration): void {
  if (ports.alteredPlans.get(planNumber) === why) return;
  ports.alteredPlans.set(planNumber, why);
  ports.log.error("plan-altered", { plan: planNumber, why });
  tell(ports);
}

/** The plan is again what was recorded. */
export function noteAsRecorded(ports: NotingPorts, planNumber: number): void {
  if (!ports.alteredPlans.delete(planNumber)) return;
  ports.log.info("plan-as-recorded", { plan: planNumber });
  tell(ports);
}

function tell({ attention, alteredPlans }: NotingPorts): void {
  attention.about("altered plans", alteredPlansAttention([...alteredPlans.keys()].sort((a, b) => a - b)));
}

function alteredPlansAttention(planNumbers: readonly number[]): readonly string[] {
  if (planNumbers.length === 0) return [];
  const plans = planNumbers.map((number) => `#${number}`).join(", ");
  const [what, them] =
    planNumbers.length === 1
      ? [`Plan ${plans} is in the database not as it was recorded`, "it"]
      : [`Plans ${plans} are in the database not as they were recorded`, "them"];
  return [`${what}, so nothing is done with ${them}. ${EDITED_ROW_ADVICE}`];
}
