import type { Refusal } from "../errors.js";
import type { Model } from "../policy/model.js";
import type { Ports, Rules } from "../ports.js";
import type { AccountRef, Inventory } from "../scan/inventory.js";
import { findModels } from "./find-models.js";
import { findScan, NO_SCAN, type NoScan } from "./find-scan.js";

/** The people who registered passkeys of one model, or of several models of one name. */
export interface WhoUses {
  readonly kind: "who-uses";
  readonly models: readonly Model[];
  /** Administrators first, then by name. */
  readonly people: readonly AccountRef[];
  readonly passkeys: number;
  readonly inventory: Inventory;
}

/** @param scanId a scan that was shown before; the latest when left out */
export async function whoUses(
  ports: Pick<Ports, "scans" | "catalogue">,
  rules: Pick<Rules, "tenantId">,
  words: string,
  scanId?: string,
): Promise<WhoUses | Refusal | NoScan> {
  const inventory = await findScan(ports, rules, scanId);
  if (inventory === undefined) return NO_SCAN;
  const found = findModels(ports, "who uses", words, inventory);
  if (found.kind === "refusal") return found;
  const wanted = new Set<string>(found.models.map(({ aaguid }) => aaguid));
  const people: AccountRef[] = [];
  let passkeys = 0;
  if (inventory.models.some(({ aaguid }) => wanted.has(aaguid))) {
    for await (const page of ports.scans.keyholders(rules.tenantId, inventory.scanId)) {
      for (const { id, name, isAdmin, passkeys: all } of page) {
        const count = all.filter(({ aaguid }) => wanted.has(aaguid)).length;
        if (count > 0) people.push({ id, name, isAdmin });
        passkeys += count;
      }
    }
  }
  return { kind: "who-uses", models: found.models, people: people.sort(adminsFirst), passkeys, inventory };
}

function adminsFirst(a: AccountRef, b: AccountRef): number {
  return Number(b.isAdmin) - Number(a.isAdmin) || a.name.localeCompare(b.name);
}
