import { readMemberships } from "../../impact/read-memberships.js";
import { type GroupId, groupId, type PersonId } from "../../person.js";
import type { GroupRef } from "../../policy/intent.js";
import { ALL_USERS, type Policy } from "../../policy/policy.js";
import type { Memberships } from "../../policy/who-may-use.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import { isInScope, type Scope, type Size, scopeOf, sizeOf, withoutGuests } from "../standing/adoption.js";
import { type Counts, countParts, type Figures, type Part } from "./figures.js";
import { listAdmins } from "./list-accounts.js";

/** Adoption at one moment: of all whom the policy is for, of each group that it names, and of a group that was asked about. */
export interface Measured {
  /** Whom `whole.people` counts: those in groups, or accounts that are enabled. */
  readonly of: "groups" | "accounts";
  readonly whole: Figures;
  /** People with a passkey whom the policy is not for. */
  readonly outside: number;
  readonly byGroup: ReadonlyMap<GroupId, Figures>;
  readonly asked?: Figures & {
    /** Of its people, those whom the policy is for. */
    readonly inScope: number;
  };
  readonly memberships: Memberships;
}

type MeasurePorts = Pick<Ports, "scans" | "directory" | "passkeys" | "clock" | "log" | "graphWaits">;

/**
 * Counts by a scan that is there: what it asks Graph for is who is in the groups and who is an administrator, a page at a
 * time, and nothing of a single person.
 * @throws Fault when a group cannot be read
 */
export async function measureAdoption(
  ports: MeasurePorts,
  rules: Pick<Rules, "tenantId">,
  {
    policy,
    inventory,
    group,
  }: {
    readonly policy: Policy;
    readonly inventory: Inventory;
    readonly group?: GroupRef;
  },
): Promise<Measured> {
  const [memberships, askedMembers, listed] = await Promise.all([
    readMemberships(ports, [policy]),
    group === undefined ? undefined : ports.directory.membersOf(group.id),
    listAdmins(ports),
  ]);
  const scope = scopeOf(policy, memberships);
  const admins = listed?.isComplete ? new Set(listed.people.map(({ id }) => id)) : undefined;
  const named = policy.include.flatMap(({ id }) => {
    const members = id === ALL_USERS ? undefined : memberships.get(id);
    return members === undefined ? [] : [[id, inScopeOnly(members, scope)] as const];
  });
  const whole: Part = { has: (person) => isInScope(scope, person) };
  const parts = new Map<string, Part>([
    [WHOLE, whole],
    [OUTSIDE, { has: (person) => !whole.has(person) }],
    ...named,
    ...(askedMembers === undefined ? [] : [[ASKED, askedMembers] as const]),
  ]);
  const counts = await countParts(ports, rules, inventory, parts, admins);
  const figures = (part: string, size: Size): Figures =>
    figuresOf(counts.get(part), size, adminsIn(admins, parts.get(part)));
  return {
    of: scope.everybody ? "accounts" : "groups",
    whole: figures(WHOLE, sizeOf(scope, inventory)),
    outside: counts.get(OUTSIDE)?.withPasskey ?? 0,
    byGroup: new Map(
      named.map(([id, members]) => [
        groupId(id),
        figures(id, withoutGuests(members, memberships.get(id)?.guests)),
      ]),
    ),
    ...(askedMembers === undefined
      ? {}
      : {
          asked: {
            ...figures(ASKED, withoutGuests(askedMembers, askedMembers.guests)),
            inScope: withoutGuests(membersInScope(askedMembers, scope), askedMembers.guests).people,
          },
        }),
    memberships,
  };
}

/** No object id is called so. */
const [WHOLE, OUTSIDE, ASKED] = ["whole", "outside", "asked"];

function inScopeOnly(members: ReadonlySet<PersonId>, scope: Scope): ReadonlySet<PersonId> {
  return scope.excluded.size === 0
    ? members
    : new Set([...members].filter((person) => !scope.excluded.has(person)));
}

const membersInScope = (members: ReadonlySet<PersonId>, scope: Scope): ReadonlySet<PersonId> =>
  new Set([...members].filter((person) => isInScope(scope, person)));

function adminsIn(admins: ReadonlySet<PersonId> | undefined, part: Part | undefined): number | undefined {
  return admins && [...admins].filter((person) => part?.has(person)).length;
}

function figuresOf(counts: Counts | undefined, size: Size, admins: number | undefined): Figures {
  if (counts === undefined) throw new Error("a part that was asked for is counted");
  const { adminsWithPasskey, ...rest } = counts;
  return {
    ...rest,
    ...size,
    ...(admins === undefined ? {} : { admins: { people: admins, withPasskey: adminsWithPasskey } }),
  };
}
