import { type PersonId, personId } from "../../core/person.js";
import type { AccountRef } from "../../core/scan/inventory.js";
import type { AppGraph } from "../app-graph.js";
import type { auditedRow } from "../wire.js";
import { type FoundPerson, lookUpPeople } from "./look-up-people.js";

type Entry = (typeof auditedRow)["_output"];

/** What an entry says of whom it is about: an id alone, an address (in lower case) alone, or both. */
interface Mentioned {
  readonly id: string | undefined;
  readonly address: string | undefined;
}

/**
 * Whom entries of the audit log are about: a person who changed their own passkeys, or for whom an admin did.
 * Everybody is looked up. An entry's own display name is not a person's: of a passkey it is the key's id.
 * @returns `odd`: entries about a person of whom it cannot be told who
 * @throws Fault
 */
export async function peopleInEntries(
  graph: AppGraph,
  entries: readonly Entry[],
): Promise<{ readonly people: readonly AccountRef[]; readonly odd: number }> {
  const { each, odd } = await readPeople(graph, entries);
  const people = new Map(each.flat().map((account) => [account.id, account]));
  return { people: [...people.values()], odd };
}

/** The same, entry by entry. @throws Fault */
export async function peopleOfEach(
  graph: AppGraph,
  entries: readonly Entry[],
): Promise<readonly (readonly AccountRef[])[]> {
  return (await readPeople(graph, entries)).each;
}

async function readPeople(
  graph: AppGraph,
  entries: readonly Entry[],
): Promise<{ readonly each: readonly (readonly AccountRef[])[]; readonly odd: number }> {
  const mentioned = entries.map(mentionedIn);
  const all = mentioned.flatMap((those) => (those === "untold" ? [] : those));
  const known = new KnownPeople();
  const ids = all.flatMap(({ id }) => id ?? []);
  known.add((await lookUpPeople(graph, "id", distinct(ids))).found);
  // Where an id names no person of the tenant it may be a key's: then the address says who it is.
  const addresses = all
    .filter((one) => known.find(one) === undefined)
    .flatMap(({ address }) => address ?? []);
  const byAddress = await lookUpPeople(graph, "userPrincipalName", distinct(addresses));
  known.add(byAddress.found);
  const accountOf = (one: Mentioned) => known.find(one) ?? notFound(one);
  const isUntold = (one: Mentioned) =>
    accountOf(one) === undefined && one.address !== undefined && byAddress.untold.includes(one.address);
  const untold = mentioned.filter((those) => those === "untold").length;
  return {
    each: mentioned.map((those) => (those === "untold" ? [] : those.flatMap((one) => accountOf(one) ?? []))),
    odd: untold + all.filter(isUntold).length,
  };
}

/** The people of the tenant, as looking them up has shown. */
class KnownPeople {
  readonly #byId = new Map<PersonId, AccountRef>();
  readonly #byAddress = new Map<string, AccountRef>();

  add(found: readonly FoundPerson[]): void {
    for (const { id, displayName, userPrincipalName } of found) {
      const account = {
        id: personId(id),
        name: displayName || userPrincipalName || personId(id),
        isAdmin: false,
      };
      this.#byId.set(account.id, account);
      if (userPrincipalName) this.#byAddress.set(userPrincipalName.toLowerCase(), account);
    }
  }

  find({ id, address }: Mentioned): AccountRef | undefined {
    const byId = id === undefined ? undefined : this.#byId.get(personId(id));
    return byId ?? (address === undefined ? undefined : this.#byAddress.get(address));
  }
}

/** A person who is not found is asked about all the same: that they are gone is told by their passkeys. */
function notFound({ id, address }: Mentioned): AccountRef | undefined {
  if (id === undefined) return undefined;
  return { id: personId(id), name: address ?? personId(id), isAdmin: false };
}

/** "untold": about a person, and it does not say whom. */
function mentionedIn(entry: Entry): readonly Mentioned[] | "untold" {
  const { targetResources, initiatedBy } = entry;
  const targets = targetResources.filter(isPerson).map(mentioned);
  const initiator = mentioned(initiatedBy?.user ?? {});
  const named = targets.filter(isNamed);
  if (named.length > 0) return named.map((one) => withOwnId(one, initiator));
  if (targets.length === 0 && !mayBeAboutPasskeys(entry)) return [];
  // Whose entry names no one else did it to themselves, unless it says that an administrator did.
  return isNamed(initiator) && !entry.activityDisplayName?.startsWith("Admin") ? [initiator] : "untold";
}

/** A target that has no sort and an address is a person, too. */
function isPerson({ type, userPrincipalName }: Entry["targetResources"][number]): boolean {
  return type?.toLowerCase() === "user" || Boolean(userPrincipalName);
}

function mentioned({ id, userPrincipalName }: Partial<Entry["targetResources"][number]>): Mentioned {
  return { id: id || undefined, address: userPrincipalName?.toLowerCase() || undefined };
}

function isNamed({ id, address }: Mentioned): boolean {
  return id !== undefined || address !== undefined;
}

/** Who registers for themselves is the initiator as well, whose id stays when their address changes. */
function withOwnId(target: Mentioned, initiator: Mentioned): Mentioned {
  const isOwn = target.address !== undefined && target.address === initiator.address;
  return target.id === undefined && isOwn ? { ...target, id: initiator.id } : target;
}

/**
 * The services that log passkeys log other things as well. What names no person and is about the policy or a device
 * has nothing to do with one; anything else may.
 */
function mayBeAboutPasskeys({ activityDisplayName, loggedByService, targetResources }: Entry): boolean {
  const isOfAnotherSort = targetResources.some(({ type }) => Boolean(type));
  if (isOfAnotherSort) return false;
  if (loggedByService === "Device Registration Service")
    return /passkey|fido|key/i.test(activityDisplayName ?? "");
  return !activityDisplayName?.startsWith("Authentication Methods Policy");
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
