import type { SimUser } from "../../simulators/tenant/simulated-tenant.js";
import { tenantId } from "../../src/core/person.js";
import type { Inventory } from "../../src/core/scan/inventory.js";
import type { ScanOfTenant } from "./scan-of-tenant.js";

const ZERO = "00000000-0000-0000-0000-000000000000";

/** Person to AAGUIDs, sorted, one for each of their passkeys. */
type Passkeys = ReadonlyMap<string, readonly string[]>;

/** What these people hold, in our spelling; a passkey that Graph shows twice is one. */
export function passkeysOf(users: Iterable<SimUser>): Passkeys {
  const holders = [...users].filter((user) => user.passkeys.length > 0);
  return new Map(
    holders.map((user) => {
      const byId = new Map(user.passkeys.map((passkey) => [passkey.id, inOurSpelling(passkey.aaGuid)]));
      return [user.id, [...byId.values()].sort()];
    }),
  );
}

/** Graph has been seen to write a GUID in either case; braces mean nothing. What names no model is all zeros. */
function inOurSpelling(aaGuid: string | null | undefined): string {
  if (aaGuid === undefined || aaGuid === null || aaGuid === "") return ZERO;
  return aaGuid.toLowerCase().replace(/[{}]/g, "");
}

/** What a scan found. Throws when it names somebody twice. */
export async function passkeysFound(
  { store, tenant }: ScanOfTenant,
  { scanId }: Inventory,
): Promise<Passkeys> {
  const found = new Map<string, readonly string[]>();
  for await (const people of store.scans.keyholders(tenantId(tenant.tenantId), scanId)) {
    for (const { id, passkeys } of people) {
      if (found.has(id)) throw new Error(`${id} was found twice`);
      found.set(id, passkeys.map(({ aaguid }) => aaguid as string).sort());
    }
  }
  return found;
}

/** Model to how many people and how many passkeys. */
export function modelsOf(passkeys: Passkeys): Readonly<Record<string, readonly [number, number]>> {
  const models: Record<string, [number, number]> = {};
  for (const aaguids of passkeys.values()) {
    for (const aaguid of aaguids) {
      models[aaguid] ??= [0, 0];
      models[aaguid][1] += 1;
    }
    for (const aaguid of new Set(aaguids)) if (models[aaguid]) models[aaguid][0] += 1;
  }
  return models;
}
