import type { AccountRef } from "../scan/inventory.js";

/** Sorts people: administrators first, then by name. */
export function adminsFirst(a: AccountRef, b: AccountRef): number {
  return Number(b.isAdmin) - Number(a.isAdmin) || a.name.localeCompare(b.name);
}
