import { Fault } from "../errors.js";
import type { Inventory, Keyholder } from "../inventory/inventory.js";
import type { Ports, Rules } from "../ports.js";

/** The scan a plan is made on: the last complete one; the last one at all when none was complete. */
export async function latestInventory(
  ports: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<Inventory | undefined> {
  return (await ports.scans.latestComplete(tenantId)) ?? (await ports.scans.latest(tenantId));
}

/**
 * Everybody with a passkey by that scan, page by page, and as many as it counted.
 * @returns a function that begins anew each time; its pages throw a Fault when somebody is missing
 */
export function peopleOf(
  ports: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  inventory: Inventory,
): () => AsyncIterable<readonly Keyholder[]> {
  return async function* pages() {
    let people = 0;
    for await (const page of ports.scans.keyholders(tenantId, inventory.scanId)) {
      people += page.length;
      yield page;
    }
    if (people !== inventory.keyholders) {
      throw new Fault(
        "store-unavailable",
        `The scan counted ${inventory.keyholders} people with passkeys, and the store has ${people} of them.`,
      );
    }
  };
}
