import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory, Keyholder } from "../scan/inventory.js";

/**
 * Everybody with a passkey by that scan, page by page, and as many as it counted.
 * @returns a function that begins anew each time; its pages throw a Fault when a person is missing
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
