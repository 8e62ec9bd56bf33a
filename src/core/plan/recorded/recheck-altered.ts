import type { Ports, Rules } from "../../ports.js";
import { noteAltered, noteAsRecorded } from "./note-altered.js";

/** Looks at the plans that this process found altered once more: the row may have been put back. Changes none. @throws Fault */
export async function recheckAltered(
  ports: Pick<Ports, "plans" | "log" | "attention" | "alteredPlans">,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<void> {
  for (const planNumber of [...ports.alteredPlans.keys()]) {
    const why = await ports.plans.whyAltered(tenantId, planNumber);
    if (why === undefined) noteAsRecorded(ports, planNumber);
    else noteAltered(ports, planNumber, why);
  }
}
