import type { Plan } from "../plan/plan.js";
import type { Ports } from "../ports.js";
import { mayStillArrive } from "./write-window.js";

/** Whether a write of another plan got no answer and may yet land: what is written now could be undone by it. @throws Fault */
export async function anotherMayStillArrive(
  ports: Pick<Ports, "plans" | "clock" | "replicas">,
  plan: Plan,
): Promise<boolean> {
  const open = await ports.plans.open(plan.tenantId);
  return open.some((other) => other.state.kind === "unknown" && mayStillArrive(ports, other));
}
