import { type Person, type PersonId, personId } from "../../../person.js";
import type { Ports, Rules } from "../../../ports.js";
import type { Inventory } from "../../../scan/inventory.js";

/** The person that is meant, those of whom it may be each, or none. */
export type FoundPeople =
  | { readonly kind: "one"; readonly person: Person }
  | { readonly kind: "several"; readonly people: readonly Person[] }
  | { readonly kind: "none" };

/** Among so many a person can choose. */
const CHOSEN_AMONG = 10;
const OBJECT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Who is called so: an object id is that person; a whole name, if one person bears it; else everybody whose name begins
 * so in the directory, and by the latest scan everybody of whose name it is a word. Never one of several.
 * @throws Fault when the directory does not say
 */
export async function findPeople(
  ports: Pick<Ports, "directory" | "scans">,
  rules: Pick<Rules, "tenantId">,
  inventory: Pick<Inventory, "scanId"> | undefined,
  typed: string,
): Promise<FoundPeople> {
  if (OBJECT_ID.test(typed)) {
    const person = await ports.directory.person(personId(typed.toLowerCase()));
    return person === undefined ? { kind: "none" } : { kind: "one", person };
  }
  const named = await ports.directory.peopleNamed(typed);
  const same = named.filter(({ name }) => comparable(name) === comparable(typed));
  if (same.length > 0) return among(same);
  return among(named.length > 0 ? named : await inScan(ports, rules, inventory, typed));
}

function among(people: readonly Person[]): FoundPeople {
  const [first, second] = people;
  if (first === undefined) return { kind: "none" };
  if (second === undefined) return { kind: "one", person: first };
  return { kind: "several", people: people.slice(0, CHOSEN_AMONG) };
}

/** The directory finds beginnings only: a family name is looked for among those who have passkeys. */
async function inScan(
  ports: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  inventory: Pick<Inventory, "scanId"> | undefined,
  typed: string,
): Promise<readonly Person[]> {
  if (inventory === undefined) return [];
  const wanted = ` ${comparable(typed)} `;
  const found = new Map<PersonId, Person>();
  for await (const page of ports.scans.keyholders(tenantId, inventory.scanId)) {
    for (const { id, name } of page) {
      if (found.size < CHOSEN_AMONG && ` ${comparable(name)} `.includes(wanted)) found.set(id, { id, name });
    }
  }
  return [...found.values()];
}

function comparable(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}
