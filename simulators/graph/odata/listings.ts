import { BoundedMap } from "../../../src/async/bounded-map.js";

/** How many collections can be paged through at the same time. */
const LISTINGS_OPEN = 256;

/**
 * Collections that are being paged through, as their first page found them. So a page costs what is on it, however long
 * the collection, and no item is skipped when the tenant changes between two pages. A first page always reads anew.
 */
export class Listings {
  readonly #open = new BoundedMap<string, readonly unknown[]>(LISTINGS_OPEN);

  /** What the query found when its first page was asked for; found again when that was forgotten. */
  resume<T>(query: string, find: () => readonly T[]): readonly T[] {
    // The query decides what kind of thing is listed.
    const items = (this.#open.get(query) as readonly T[] | undefined) ?? find();
    this.keep(query, items);
    return items;
  }

  /** Remembers what a query found, in place of what it found before. */
  keep(query: string, items: readonly unknown[]): void {
    this.#open.set(query, items);
  }
}
