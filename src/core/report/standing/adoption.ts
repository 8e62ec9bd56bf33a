import type { PersonId } from "../../person.js";
import { ALL_USERS, type Policy } from "../../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../../policy/who-may-use.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory, Keyholder } from "../../scan/inventory.js";

/** How many of the people a policy is for have a passkey, by a scan. */
export interface Adoption {
  /** People the policy is for; absent: all users, and the tenant's accounts were not counted. */
  readonly people?: number;
  /** Whom `people` counts: everybody in groups, or accounts that are enabled, guests among them. */
  readonly of: "groups" | "accounts";
  /** Of them, those with at least one passkey. */
  readonly withPasskey: number;
  /** Of those, by kind; who has both is in both. */
  readonly deviceBound: number;
  readonly synced: number;
  /** People with a passkey whom the policy is not for. */
  readonly outside: number;
}

/** Whom a policy is for, as far as groups tell. */
export interface Scope {
  readonly everybody: boolean;
  /** In one of its groups, and in none that is excluded. */
  readonly members: ReadonlySet<PersonId>;
  readonly excluded: ReadonlySet<PersonId>;
}

/** Whom the policy is for, be passkeys on or off. */
export function scopeOf(policy: Policy, memberships: Memberships): Scope {
  const inAny = (ids: readonly string[]) => new Set(ids.flatMap((id) => [...(memberships.get(id) ?? [])]));
  const included = policy.include.map(({ id }) => id);
  const excluded = inAny(policy.exclude);
  const named = groupsNamedIn(policy).filter((id) => included.includes(id));
  const members = new Set([...inAny(named)].filter((person) => !excluded.has(person)));
  return { everybody: included.includes(ALL_USERS), members, excluded };
}

/** Whether the policy is for this person. */
export function isInScope({ everybody, members, excluded }: Scope, person: PersonId): boolean {
  return everybody ? !excluded.has(person) : members.has(person);
}

/** Counts by everybody with a passkey in that scan. */
export async function readAdoption(
  ports: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  inventory: Pick<Inventory, "scanId" | "accounts">,
  scope: Scope,
): Promise<Adoption> {
  const counted = { withPasskey: 0, deviceBound: 0, synced: 0, outside: 0 };
  for await (const page of ports.scans.keyholders(tenantId, inventory.scanId)) {
    for (const keyholder of page) count(counted, keyholder, scope);
  }
  const people = sizeOf(scope, inventory);
  return {
    ...counted,
    of: scope.everybody ? "accounts" : "groups",
    ...(people === undefined ? {} : { people }),
  };
}

function count(
  counted: Record<keyof Omit<Adoption, "people" | "of">, number>,
  keyholder: Keyholder,
  scope: Scope,
): void {
  if (keyholder.passkeys.length === 0) return;
  if (!isInScope(scope, keyholder.id)) {
    counted.outside += 1;
    return;
  }
  counted.withPasskey += 1;
  if (keyholder.passkeys.some(({ type }) => type === "deviceBound")) counted.deviceBound += 1;
  if (keyholder.passkeys.some(({ type }) => type === "synced")) counted.synced += 1;
}

/** An excluded person whose account is disabled is taken off although they were not counted: rare, and on the low side. */
function sizeOf(scope: Scope, { accounts }: Pick<Inventory, "accounts">): number | undefined {
  if (!scope.everybody) return scope.members.size;
  return accounts === undefined ? undefined : Math.max(0, accounts.enabled - scope.excluded.size);
}
