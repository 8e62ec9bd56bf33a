import { readMemberships } from "../../impact/read-memberships.js";
import type { PersonId } from "../../person.js";
import type { GroupRef } from "../../policy/intent.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { ListedAccount } from "../../ports/passkey-source.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import { adminsFirst } from "../admins-first.js";
import { listAccounts, listAdmins, type Patience, WHILE_ASKED } from "../adoption/list-accounts.js";
import { findScan, NO_SCAN, type NoScan } from "../find-scan.js";
import { type Adoption, isInScope, readAdoption, type Scope, scopeOf } from "./adoption.js";

/** Who has no passkey, by a scan: of those the policy is for, or of a group. */
export interface WithoutPasskey {
  readonly kind: "without-passkey";
  /** Of all whom the policy is for. */
  readonly adoption: Adoption;
  /** Absent: of all whom the policy is for. */
  readonly group?: GroupRef;
  /** Of the people of the group below, those whom the policy is not for. */
  readonly notInScope: number;
  /** Enabled accounts, administrators first, then by name; no guest, and none that could not be read. */
  readonly people: readonly ListedAccount[];
  /** Guests are left out: they cannot register a passkey. */
  readonly guests: number;
  /** Whether the registration report said who is an administrator. */
  readonly admins: "known" | "unknown";
  /** Whether every account was looked at: a large tenant has more than can be read while a person waits. */
  readonly isComplete: boolean;
  readonly inventory: Inventory;
}

/** Whom to list. */
export interface Asked {
  /** A scan that was shown before; the latest when left out. */
  readonly scanId?: string;
  readonly group?: GroupRef;
  readonly patience?: Patience;
}

type WithoutPorts = Pick<
  Ports,
  "scans" | "tenant" | "directory" | "passkeys" | "clock" | "log" | "graphWaits"
>;

/** @throws Fault when policy, groups or accounts cannot be read */
export async function withoutPasskey(
  ports: WithoutPorts,
  rules: Pick<Rules, "tenantId">,
  { scanId, group, patience = WHILE_ASKED }: Asked = {},
): Promise<WithoutPasskey | NoScan> {
  const inventory = await findScan(ports, rules, scanId);
  if (inventory === undefined) return NO_SCAN;
  const accountsOf = (next?: string) =>
    group === undefined
      ? ports.passkeys.enabledAccounts(next)
      : ports.passkeys.enabledAccountsIn(group.id, next);
  const [scope, accounts, admins] = await Promise.all([
    readScope(ports),
    listAccounts(ports, patience, accountsOf),
    listAdmins(ports, patience),
  ]);
  const known = await peopleOf(ports, rules, inventory);
  const isAsked = ({ id }: ListedAccount) => group !== undefined || isInScope(scope, id);
  const isMissing = (person: ListedAccount) => isAsked(person) && !known.has(person.id);
  const adminIds = new Set(admins?.people.map(({ id }) => id));
  const found = new Map(accounts.people.filter(isMissing).map((person) => [person.id, person]));
  // Who matters most is not left out because the list of all is long; who is in a group, the list of it tells.
  if (!accounts.isComplete && group === undefined) {
    for (const admin of admins?.people.filter(isMissing) ?? []) found.set(admin.id, admin);
  }
  const people = [...found.values()].filter(({ isGuest }) => isGuest !== true);
  return {
    kind: "without-passkey",
    adoption: await readAdoption(ports, rules, inventory, scope),
    ...(group === undefined ? {} : { group }),
    notInScope: countOutside(people, scope),
    people: people.map((person) => ({ ...person, isAdmin: adminIds.has(person.id) })).sort(adminsFirst),
    guests: found.size - people.length,
    admins: admins?.isComplete ? "known" : "unknown",
    isComplete: accounts.isComplete,
    inventory,
  };
}

/** Whom the policy is for. @throws Fault */
async function readScope(ports: Pick<Ports, "tenant" | "directory">): Promise<Scope> {
  const policy = parsePolicy(await ports.tenant.readPolicy());
  return scopeOf(policy, await readMemberships(ports, [policy]));
}

function countOutside(people: readonly ListedAccount[], scope: Scope): number {
  return people.filter(({ id }) => !isInScope(scope, id)).length;
}

/** Everybody who has a passkey, or of whom that is not known. */
async function peopleOf(
  { scans }: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  { scanId, unreadCount }: Inventory,
): Promise<ReadonlySet<PersonId>> {
  const unread = unreadCount === 0 ? [] : await scans.unread(tenantId, scanId, unreadCount);
  const known = new Set(unread.map(({ id }) => id));
  for await (const page of scans.keyholders(tenantId, scanId)) {
    for (const { id, passkeys } of page) if (passkeys.length > 0) known.add(id);
  }
  return known;
}
