import type { PersonId } from "../../person.js";
import { ALL_USERS, type Policy } from "../../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../../policy/who-may-use.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import { countParts } from "../adoption/figures.js";

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
  rules: Pick<Rules, "tenantId">,
  inventory: Pick<Inventory, "scanId" | "accounts">,
  scope: Scope,
): Promise<Adoption> {
  const inside = { has: (person: PersonId) => isInScope(scope, person) };
  const outside = { has: (person: PersonId) => !isInScope(scope, person) };
  const counts = await countParts(
    ports,
    rules,
    inventory,
    new Map([
      ["inside", inside],
      ["outside", outside],
    ]),
  );
  const { withPasskey = 0, deviceBound = 0, synced = 0 } = counts.get("inside") ?? {};
  const people = sizeOf(scope, inventory);
  return {
    ...{ withPasskey, deviceBound, synced },
    outside: counts.get("outside")?.withPasskey ?? 0,
    of: scope.everybody ? "accounts" : "groups",
    ...(people === undefined ? {} : { people }),
  };
}

/**
 * How many people a policy is for; undefined: accounts were not counted. An excluded person whose account is disabled is
 * taken off although they were not counted: rare, and on the low side.
 */
export function sizeOf(scope: Scope, { accounts }: Pick<Inventory, "accounts">): number | undefined {
  if (!scope.everybody) return scope.members.size;
  return accounts === undefined ? undefined : Math.max(0, accounts.enabled - scope.excluded.size);
}
