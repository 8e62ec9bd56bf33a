import type { PersonId } from "../../person.js";
import type { Ports, Rules } from "../../ports.js";
import type { Inventory, Keyholder } from "../../scan/inventory.js";

/** People with a passkey, and by kind; of whom no kind was said in `unsaid` alone. */
export interface Counts {
  readonly withPasskey: number;
  /** With at least one of that kind; who has both is in both. */
  readonly deviceBound: number;
  readonly synced: number;
  readonly both: number;
  readonly unsaid: number;
  readonly adminsWithPasskey: number;
}

/** How far a part of the tenant is. */
export interface Figures extends Omit<Counts, "adminsWithPasskey"> {
  /** How many there are; absent: the tenant's accounts were not counted. */
  readonly people?: number;
  /** Guests beside them, who are not counted; absent: they were not told apart, and are among them. */
  readonly guests?: number;
  /** Absent: Entra did not say who is an administrator. */
  readonly admins?: { readonly people: number; readonly withPasskey: number };
}

/** Whom to count: a part of the tenant. */
export interface Part {
  has(person: PersonId): boolean;
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

const nothingYet = (): Writable<Counts> => ({
  withPasskey: 0,
  deviceBound: 0,
  synced: 0,
  both: 0,
  unsaid: 0,
  adminsWithPasskey: 0,
});

/**
 * Counts the people with a passkey by a scan in several parts of the tenant at once: they are read in pages, once, and none
 * is kept.
 * @param admins who is one; left out: as the scan has it
 */
export async function countParts<Names extends string>(
  { scans }: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  { scanId }: Pick<Inventory, "scanId">,
  parts: ReadonlyMap<Names, Part>,
  admins?: ReadonlySet<PersonId>,
): Promise<ReadonlyMap<Names, Counts>> {
  const counted = new Map([...parts].map(([name, part]) => [name, { part, counts: nothingYet() }]));
  for await (const page of scans.keyholders(tenantId, scanId)) {
    for (const person of page) {
      if (person.passkeys.length === 0) continue;
      const isAdmin = admins?.has(person.id) ?? person.isAdmin;
      for (const { part, counts } of counted.values())
        if (part.has(person.id)) count(counts, person, isAdmin);
    }
  }
  return new Map([...counted].map(([name, { counts }]) => [name, counts]));
}

function count(counts: Writable<Counts>, { passkeys }: Keyholder, isAdmin: boolean): void {
  const isBound = passkeys.some(({ type }) => type === "deviceBound");
  const isSynced = passkeys.some(({ type }) => type === "synced");
  counts.withPasskey += 1;
  if (isBound) counts.deviceBound += 1;
  if (isSynced) counts.synced += 1;
  if (isBound && isSynced) counts.both += 1;
  if (!isBound && !isSynced) counts.unsaid += 1;
  if (isAdmin) counts.adminsWithPasskey += 1;
}
