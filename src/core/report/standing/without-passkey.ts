import { Fault } from "../../errors.js";
import { readMemberships } from "../../impact/read-memberships.js";
import type { PersonId } from "../../person.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import type { AccountPage, Ports, Rules } from "../../ports.js";
import type { AccountRef, Inventory } from "../../scan/inventory.js";
import { adminsFirst } from "../admins-first.js";
import { findScan, NO_SCAN, type NoScan } from "../find-scan.js";
import { type Adoption, isInScope, readAdoption, scopeOf } from "./adoption.js";

/** Who of those the policy is for has no passkey, by the latest scan. */
export interface WithoutPasskey {
  readonly kind: "without-passkey";
  readonly adoption: Adoption;
  /** Enabled accounts among them, administrators first, then by name; those who could not be read are not. */
  readonly people: readonly AccountRef[];
  /** Whether the registration report said who is an administrator. */
  readonly admins: "known" | "unknown";
  /** Whether every account was looked at: a large tenant has more than can be read while a person waits. */
  readonly isComplete: boolean;
  readonly inventory: Inventory;
}

/** Pages of accounts that are read while a person waits, and the time until no more are asked for. */
const PAGES_AT_MOST = 20;
const READ_WITHIN_MS = 6_000;
/** A wait that Graph asks for and that is longer is told instead. */
const LONGEST_WAIT_SECONDS = 10;

type ListPage = (next?: string) => Promise<AccountPage>;

/** @param scanId a scan that was shown before; the latest when left out @throws Fault when policy, groups or accounts cannot be read */
export async function withoutPasskey(
  ports: Pick<Ports, "scans" | "tenant" | "directory" | "passkeys" | "clock" | "log" | "graphWaits">,
  rules: Pick<Rules, "tenantId">,
  scanId?: string,
): Promise<WithoutPasskey | NoScan> {
  const inventory = await findScan(ports, rules, scanId);
  if (inventory === undefined) return NO_SCAN;
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const scope = scopeOf(policy, await readMemberships(ports, [policy]));
  const known = await peopleOf(ports, rules, inventory);
  const [accounts, admins] = await Promise.all([
    listAll(ports, (next) => ports.passkeys.enabledAccounts(next)),
    listAdmins(ports),
  ]);
  const isMissing = ({ id }: AccountRef) => isInScope(scope, id) && !known.has(id);
  const adminIds = new Set(admins?.people.map(({ id }) => id));
  const people = new Map(accounts.people.filter(isMissing).map((person) => [person.id, person]));
  // Who matters most is not left out because the list of all is long.
  if (!accounts.isComplete) {
    for (const admin of admins?.people.filter(isMissing) ?? []) people.set(admin.id, admin);
  }
  return {
    kind: "without-passkey",
    adoption: await readAdoption(ports, rules, inventory, scope),
    people: [...people.values()]
      .map((person) => ({ ...person, isAdmin: adminIds.has(person.id) }))
      .sort(adminsFirst),
    admins: admins?.isComplete ? "known" : "unknown",
    isComplete: accounts.isComplete,
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

/** The report needs a licence that the list of all accounts does not: without it the answer is shorter, and says so. */
async function listAdmins(ports: Waiting & Pick<Ports, "passkeys" | "log">): Promise<Listed | undefined> {
  try {
    return await listAll(ports, (next) => ports.passkeys.administrators(next));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("administrators-not-listed", { code: error.code });
    return undefined;
  }
}

interface Listed {
  readonly people: readonly AccountRef[];
  readonly isComplete: boolean;
}

async function listAll({ clock, graphWaits }: Waiting, list: ListPage): Promise<Listed> {
  let until = clock.elapsed() + READ_WITHIN_MS;
  const people: AccountRef[] = [];
  let next: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await list(next).catch(async (error: unknown) => {
      const seconds = shortWait(error);
      if (seconds === undefined) throw error;
      graphWaits.tell(seconds);
      await clock.sleep(seconds * 1000);
      until += seconds * 1000;
      return list(next);
    });
    people.push(...page.people);
    next = page.next;
    if (next === undefined) return { people, isComplete: true };
    if (pages >= PAGES_AT_MOST || clock.elapsed() > until) return { people, isComplete: false };
  }
}

type Waiting = Pick<Ports, "clock" | "graphWaits">;

/** How long Graph asks to wait for a page, where a person can be kept waiting so long. */
function shortWait(error: unknown): number | undefined {
  if (!(error instanceof Fault)) return undefined;
  const { code, retryAfterSeconds } = error;
  const isBusy = code === "graph-throttled" || code === "graph-unavailable";
  return isBusy && retryAfterSeconds !== undefined && retryAfterSeconds <= LONGEST_WAIT_SECONDS
    ? retryAfterSeconds
    : undefined;
}
