import { readMemberships } from "../../impact/read-memberships.js";
import type { PersonId } from "../../person.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { Ports, Rules } from "../../ports.js";
import type { AccountRef, Inventory } from "../../scan/inventory.js";
import { findScan, NO_SCAN, type NoScan } from "../find-scan.js";
import { type Adoption, isInScope, readAdoption, type Scope, scopeOf } from "./adoption.js";

/** Who of those the policy is for has no passkey, by the latest scan. */
export interface WithoutPasskey {
  readonly kind: "without-passkey";
  readonly adoption: Adoption;
  /** Enabled accounts among them, by name; those who could not be read are not. */
  readonly people: readonly AccountRef[];
  /** Whether every account was looked at: a large tenant has more than can be read while a person waits. */
  readonly isComplete: boolean;
  readonly inventory: Inventory;
}

/** Pages of accounts that are read while a person waits, and the time until no more are asked for. */
const PAGES_AT_MOST = 20;
const READ_WITHIN_MS = 6_000;

/** @throws Fault when policy, groups or accounts cannot be read */
export async function withoutPasskey(
  ports: Pick<Ports, "scans" | "tenant" | "directory" | "passkeys" | "clock">,
  rules: Pick<Rules, "tenantId">,
): Promise<WithoutPasskey | NoScan> {
  const inventory = await findScan(ports, rules);
  if (inventory === undefined) return NO_SCAN;
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const scope = scopeOf(policy, await readMemberships(ports, [policy]));
  const known = await peopleOf(ports, rules, inventory);
  const { people, isComplete } = await listAccounts(ports, scope, known);
  return {
    kind: "without-passkey",
    adoption: await readAdoption(ports, rules, inventory, scope),
    people: [...people].sort((a, b) => a.name.localeCompare(b.name)),
    isComplete,
    inventory,
  };
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

async function listAccounts(
  { passkeys, clock }: Pick<Ports, "passkeys" | "clock">,
  scope: Scope,
  known: ReadonlySet<PersonId>,
): Promise<Pick<WithoutPasskey, "people" | "isComplete">> {
  const from = clock.elapsed();
  const people: AccountRef[] = [];
  let next: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await passkeys.enabledAccounts(next);
    people.push(...page.people.filter(({ id }) => isInScope(scope, id) && !known.has(id)));
    next = page.next;
    if (next === undefined) return { people, isComplete: true };
    if (pages >= PAGES_AT_MOST || clock.elapsed() - from > READ_WITHIN_MS)
      return { people, isComplete: false };
  }
}
