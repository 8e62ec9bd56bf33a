import { findEmergencyPeople } from "../access/emergency-people.js";
import { Fault } from "../errors.js";
import { assessImpact } from "../impact/assess-impact.js";
import { describeGroups } from "../impact/describe-groups.js";
import type { Difference } from "../impact/difference.js";
import { listedModels, nameModels, warnOfModels } from "../impact/names.js";
import { readMemberships } from "../impact/read-memberships.js";
import { peopleOf } from "../impact/use-inventory.js";
import { diffPolicies } from "../policy/diff-policies.js";
import type { NamedGroups } from "../policy/group.js";
import type { Aaguid, Policy } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import type { DriftMeaning } from "./drift.js";

interface Sides {
  readonly before: Policy;
  readonly after: Policy;
}

/** What differs and what that means for people, by the last scan. What cannot be read is left open, never guessed. */
export async function describeDrift(
  ports: Ports,
  rules: Rules,
  sides: Sides,
): Promise<{ readonly difference: Difference; readonly meaning: DriftMeaning }> {
  const inventory = await ports.scans.latest(rules.tenantId);
  const difference = await describeDifference(ports, sides, inventory);
  return { difference, meaning: await assess(ports, rules, sides, inventory) };
}

/** The second half alone, for when it could not be told before. */
export async function assessDrift(ports: Ports, rules: Rules, sides: Sides): Promise<DriftMeaning> {
  return assess(ports, rules, sides, await ports.scans.latest(rules.tenantId));
}

async function describeDifference(
  ports: Ports,
  { before, after }: Sides,
  inventory: Inventory | undefined,
): Promise<Difference> {
  const models = inventory?.models ?? [];
  const hints = new Map<Aaguid, string | undefined>([
    ...[before, after].flatMap(listedModels).map((aaguid) => [aaguid, undefined] as const),
    ...models.map(({ aaguid, hint }) => [aaguid, hint] as const),
  ]);
  return {
    before: before.raw,
    after: after.raw,
    changes: diffPolicies(before, after),
    usage: models.map(({ aaguid, people }) => ({ aaguid, people })),
    modelNames: nameModels(ports, hints),
    modelWarnings: warnOfModels(ports, hints),
    ...(await groupsIfPossible(ports, [before, after])),
  };
}

/** Without names the ids are shown: that is no reason not to tell. */
async function groupsIfPossible(
  ports: Pick<Ports, "directory" | "log">,
  policies: readonly Policy[],
): Promise<NamedGroups> {
  try {
    return await describeGroups(ports, { policies });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("drift-groups-not-named", { code: error.code });
    return { groupNames: {} };
  }
}

async function assess(
  ports: Ports,
  rules: Rules,
  { before, after }: Sides,
  inventory: Inventory | undefined,
): Promise<DriftMeaning> {
  if (inventory === undefined) return { kind: "no-scan" };
  try {
    // Only to tell who they are: where an id is wrong the drift is shown all the same.
    const emergency = await findEmergencyPeople(ports, rules);
    const emergencyAccounts = emergency.people.map(({ id }) => id);
    const memberships = await readMemberships(ports, [before, after]);
    const people = peopleOf(ports, rules, inventory)();
    const impact = await assessImpact({ before, after, memberships, emergencyAccounts, inventory, people });
    return { kind: "assessed", impact };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("drift-not-assessed", { code: error.code });
    return { kind: "not-read" };
  }
}
