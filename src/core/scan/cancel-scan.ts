import { whyNotApprover } from "../access/standing.js";
import { type Refusal, refuse } from "../errors.js";
import type { Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { Scan } from "./scan.js";

/** The scan as it was when it ended. */
export interface ScanCancelled {
  readonly kind: "scan-cancelled";
  readonly scan: Scan;
}

/** One of those who asked for the scan, or an approver, ends it. @throws Fault when standing cannot be looked up */
export async function cancelScan(
  ports: Pick<Ports, "scans" | "scanner" | "directory">,
  rules: Rules,
  { scanId, person }: { readonly scanId: string; readonly person: Person },
): Promise<Refusal | ScanCancelled> {
  const running = await ports.scans.running(rules.tenantId);
  if (running?.scanId !== scanId) return refuse({ code: "scan-not-running" });
  const asked = running.askers.some((asker) => asker.person.id === person.id);
  if (!asked && (await whyNotApprover(ports, rules, person.id))) return refuse({ code: "not-scan-asker" });
  const scan = await ports.scanner.cancel(scanId, person);
  return scan === undefined ? refuse({ code: "scan-not-running" }) : { kind: "scan-cancelled", scan };
}
