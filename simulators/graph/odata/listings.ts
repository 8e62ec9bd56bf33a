import { BoundedMap } from "../../../src/async/bounded-map.js";

/** How many collections can be paged through at the same time. */
const LISTINGS_OPEN = 256;

/**
 * Collections that are being paged through, as their first page found them. So a page costs what is on it, however long
 * the collection, and no item is skipped when the tenant changes between two pages. A first page always reads anew, and
 * its next pages are its own: one that was cut off and answered late changes nothing for the one that was sent again.
 */
export class Listings {
  readonly #open = new BoundedMap<string, readonly unknown[]>(LISTINGS_OPEN);
  #opened = 0;

  /**
   * What the query found when its first page was asked for; found again when that was forgotten.
   * @param listing as it was named when that page was answered
   */
  resume<T>(query: string, listing: string, find: () => readonly T[]): readonly T[] {
    // The query decides what kind of thing is listed.
    const items = (this.#open.get(`${query} ${listing}`) as readonly T[] | undefined) ?? find();
    this.#open.set(`${query} ${listing}`, items);
    return items;
  }

  /** Remembers what a query found. @returns the name under which its further pages find it */
  keep(query: string, items: readonly unknown[]): string {
    this.#opened += 1;
    this.#open.set(`${query} ${this.#opened}`, items);
    return `${this.#opened}`;
  }
}
