import { withinBy } from "../../async/within.js";
import { assessImpact } from "../impact/assess-impact.js";
import { readMemberships } from "../impact/read-memberships.js";
import { peopleOf } from "../impact/use-inventory.js";
import type { LosingBeside, Plan } from "../plan/plan.js";
import { withGivenIds } from "../policy/graph-made/given-ids.js";
import { narrows } from "../policy/narrows.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../policy/who-may-use.js";
import type { Ports } from "../ports.js";
import { isComplete } from "../scan/inventory.js";

/** How long an outcome waits for who is in the groups: the policy is in force already, and that has to be said. */
const MEMBERS_WITHIN_MS = 5_000;

type NeededPorts = Pick<Ports, "clock" | "directory" | "log" | "scans">;

/**
 * Who could sign in with a passkey if the policy were as planned, and cannot as it is, by the last scan.
 * @returns undefined where the policy takes from no person what the plan gave
 */
export async function whoLosesBeside(
  ports: NeededPorts,
  plan: Plan,
  found: Policy,
): Promise<LosingBeside | undefined> {
  const wanted = parsePolicy(withGivenIds(plan.proposal, found.raw));
  if (!narrows(wanted, found)) return undefined;
  try {
    return await look(ports, plan, { wanted, found });
  } catch (error) {
    // A mistake of this program, too, must not hold up the outcome: that it is not known is said.
    ports.log.warn("who-loses-not-found", { plan: plan.number, error });
    return { kind: "not-known" };
  }
}

/** @throws Fault */
async function look(
  ports: NeededPorts,
  { tenantId }: Plan,
  { wanted, found }: { readonly wanted: Policy; readonly found: Policy },
): Promise<LosingBeside> {
  const inventory = await ports.scans.latest(tenantId);
  const memberships = await membersIn(ports, [wanted, found]);
  if (inventory === undefined || memberships === undefined) return { kind: "not-known" };
  const people = peopleOf(ports, { tenantId }, inventory)();
  const change = { before: wanted, after: found, memberships, emergencyAccounts: [], inventory, people };
  const { losing, keepingAnother } = await assessImpact(change);
  return {
    kind: "by-scan",
    scanFrom: inventory.startedAt,
    complete: isComplete(inventory),
    losing,
    keepingAnother: keepingAnother.length,
  };
}

/** undefined: Graph did not say in time. @throws Fault */
async function membersIn(ports: NeededPorts, policies: readonly Policy[]): Promise<Memberships | undefined> {
  const reading = readMemberships(ports, policies);
  if (policies.flatMap(groupsNamedIn).length === 0) return reading;
  return withinBy(ports.clock, reading, MEMBERS_WITHIN_MS);
}
