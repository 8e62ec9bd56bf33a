import { whyNotApprover } from "../access/standing.js";
import type { Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { Finding } from "./finding.js";

export type Checked =
  | { readonly kind: "checked"; readonly findings: readonly Finding[]; readonly at: string }
  /** It names addresses and ids: it is for who may approve, or administers something. */
  | { readonly kind: "not-for-you" };

/** Everything this installation takes, for an administrator or an approver. @throws Fault when the person cannot be looked up */
export async function checkFor(
  ports: Pick<Ports, "directory" | "checkup" | "clock">,
  rules: Rules,
  person: Person,
): Promise<Checked> {
  const [notApprover, roles] = await Promise.all([
    whyNotApprover(ports, rules, person.id),
    ports.directory.activeRoles(person.id),
  ]);
  const administers = roles.some(({ name }) => /\badministrator$/i.test(name.trim()));
  if (notApprover !== undefined && !administers) return { kind: "not-for-you" };
  const findings = await ports.checkup.examine(person);
  return { kind: "checked", findings, at: ports.clock.now().toISOString() };
}
