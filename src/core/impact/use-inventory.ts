import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory, Keyholder } from "../scan/inventory.js";
import { PeopleHash } from "../scan/people-hash.js";

/**
 * Everybody with a passkey by that scan, page by page: as many as it counted, and just those whom it read.
 * @returns a function that begins anew each time; its pages throw a Fault when a person is missing or was edited
 */
export function peopleOf(
  ports: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  inventory: Inventory,
): () => AsyncIterable<readonly Keyholder[]> {
  return async function* pages() {
    let people = 0;
    const hash = new PeopleHash();
    for await (const page of ports.scans.keyholders(tenantId, inventory.scanId)) {
      people += page.length;
      hash.add(page);
      yield page;
    }
    if (inventory.peopleHash !== undefined && hash.digest() !== inventory.peopleHash) {
      throw new Fault("store-altered", "The people of the scan are not those that it read.");
    }
    if (people !== inventory.keyholders) {
      throw new Fault(
        "store-unavailable",
        `The scan counted ${inventory.keyholders} people with passkeys, and the store has ${people} of them.`,
      );
    }
  };
}
