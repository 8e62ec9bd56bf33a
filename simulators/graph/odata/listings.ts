/** How many collections can be paged through at the same time. */
const MOST = 256;

/**
 * Collections that somebody is paging through, as their first page found them. So a page costs what is on it, however
 * long the collection, and nobody is skipped when the tenant changes between two pages. A first page always looks anew.
 */
export class Listings {
  /** Oldest first. */
  readonly #open = new Map<string, readonly unknown[]>();

  /** What the query found when its first page was asked for; found again when that was forgotten. */
  resume<T>(query: string, find: () => readonly T[]): readonly T[] {
    // The query decides what kind of thing is listed.
    const items = (this.#open.get(query) as readonly T[] | undefined) ?? find();
    this.keep(query, items);
    return items;
  }

  /** Remembers what a query found, in place of what it found before. */
  keep(query: string, items: readonly unknown[]): void {
    this.#open.delete(query);
    this.#open.set(query, items);
    const [oldest] = this.#open.keys();
    if (this.#open.size > MOST && oldest !== undefined) this.#open.delete(oldest);
  }
}
