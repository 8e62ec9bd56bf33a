import type { PersonId } from "../../person.js";
import { ALL_USERS, type Policy } from "../../policy/policy.js";
import { groupsNamedIn, type Members, type Memberships } from "../../policy/who-may-use.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import { countParts } from "../adoption/figures.js";

/** How many of the people a policy is for have a passkey, by a scan. */
export interface Adoption {
  /** People the policy is for; absent: all users, and the tenant's accounts were not counted. */
  readonly people?: number;
  /** Whom `people` counts: those in groups, or accounts that are enabled. */
  readonly of: "groups" | "accounts";
  /**
   * Guests whom the policy is for and who are not in `people`: Entra lets no guest register a passkey
   * (https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2).
   * Absent: they were not told apart, and are in it.
   */
  readonly guests?: number;
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
  /** Guests among all of these; absent: not known. */
  readonly guests?: ReadonlySet<PersonId>;
}

/** Whom the policy is for, be passkeys on or off. */
export function scopeOf(policy: Policy, memberships: Memberships): Scope {
  const inAny = (ids: readonly string[]) => new Set(ids.flatMap((id) => [...(memberships.get(id) ?? [])]));
  const included = policy.include.map(({ id }) => id);
  const excluded = inAny(policy.exclude);
  const named = groupsNamedIn(policy).filter((id) => included.includes(id));
  const members = new Set([...inAny(named)].filter((person) => !excluded.has(person)));
  const guests = guestsIn(groupsNamedIn(policy).map((id) => memberships.get(id)));
  return {
    everybody: included.includes(ALL_USERS),
    members,
    excluded,
    ...(guests === undefined ? {} : { guests }),
  };
}

/** Guests of all groups; undefined: of one it is not known. */
function guestsIn(groups: readonly (Members | undefined)[]): ReadonlySet<PersonId> | undefined {
  const all = new Set<PersonId>();
  for (const group of groups) {
    if (group === undefined || group.size === 0) continue;
    if (group.guests === undefined) return undefined;
    for (const guest of group.guests) all.add(guest);
  }
  return all;
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
  return {
    ...{ withPasskey, deviceBound, synced },
    outside: counts.get("outside")?.withPasskey ?? 0,
    of: scope.everybody ? "accounts" : "groups",
    ...sizeOf(scope, inventory),
  };
}

/** How many people there are, without guests, where those are known; nothing where accounts were not counted. */
export interface Size {
  readonly people?: number;
  readonly guests?: number;
}

/**
 * How many people a policy is for. An excluded person whose account is disabled is taken off although they were not
 * counted: rare, and on the low side.
 */
export function sizeOf(scope: Scope, { accounts }: Pick<Inventory, "accounts">): Size {
  const { everybody, members, excluded, guests } = scope;
  if (!everybody) return withoutGuests(members, guests);
  if (accounts === undefined) return {};
  const left = Math.max(0, accounts.enabled - excluded.size);
  if (accounts.guests === undefined || guests === undefined) return { people: left };
  const excludedGuests = [...excluded].filter((person) => guests.has(person)).length;
  const ofGuests = Math.max(0, accounts.guests - excludedGuests);
  return { people: Math.max(0, left - ofGuests), guests: ofGuests };
}

/** People of a group, and its guests apart where they are known. */
export function withoutGuests(
  members: ReadonlySet<PersonId>,
  guests: ReadonlySet<PersonId> | undefined,
): Required<Size> | Pick<Required<Size>, "people"> {
  if (guests === undefined) return { people: members.size };
  const ofGuests = [...members].filter((person) => guests.has(person)).length;
  return { people: members.size - ofGuests, guests: ofGuests };
}
