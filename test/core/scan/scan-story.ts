import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import type { FakeWorld } from "../fake-world.js";

export const YUBIKEY = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
export const FEITIAN = "833b721a-ff5f-4d00-bb2e-bdda3ec01e29" as Aaguid;
export const DAY = 24 * 3_600_000;

/** Somebody says `scan`. @returns its result; a scan that ended otherwise fails the test */
export async function scanned(world: FakeWorld, options: { full?: boolean } = {}): Promise<Inventory> {
  const end = await world.scan(options);
  if (end.kind !== "finished") throw new Error(`the scan ${end.kind}: ${JSON.stringify(end)}`);
  return end.inventory;
}

/** The names of everybody with a passkey by that scan, in order. */
export async function keyholders(world: FakeWorld, inventory: Inventory): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of world.store.scans.keyholders(undefined, inventory.scanId)) {
    names.push(...page.map((person) => person.name));
  }
  return names.sort();
}

/** That many people, each with one passkey: p0, p1, p2 ... */
export function crowd(world: FakeWorld, count: number, model = YUBIKEY): void {
  for (let i = 0; i < count; i += 1) world.passkeys.set(`p${i}`, [model]);
}
