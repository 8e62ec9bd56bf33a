import { createHash } from "node:crypto";
import type { Keyholder } from "./inventory.js";

/** Hashes the people of a scan as they pass by, page by page and in order of id: a tenant of any size. */
export class PeopleHash {
  readonly #hash = createHash("sha256");

  add(page: readonly Keyholder[]): void {
    for (const { id, name, isAdmin, passkeys } of page) {
      // One that Graph left out is null: JSON has no undefined.
      const keys = passkeys.map(({ aaguid, model = null, type = null, attested = null }) => [
        ...[aaguid, model, type, attested],
      ]);
      // Lists in lists, for which JSON has one order: the same text as canonical JSON.
      this.#hash.update(`${JSON.stringify([id, name, isAdmin, keys])}\n`);
    }
  }

  /** SHA-256 in hex. To be asked for once, behind the last page. */
  digest(): string {
    return this.#hash.digest("hex");
  }
}

/** The hash of everybody in these pages. */
export async function hashPeople(pages: AsyncIterable<readonly Keyholder[]>): Promise<string> {
  const hash = new PeopleHash();
  for await (const page of pages) hash.add(page);
  return hash.digest();
}
