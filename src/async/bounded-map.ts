/** A map of at most so many entries: when one more comes, the one that was used longest ago leaves. */
export class BoundedMap<Key, Value> {
  readonly #limit: number;
  /** Map keeps the order in which keys were set; each use sets its key anew. */
  readonly #entries = new Map<Key, Value>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value, which counts as used by this. */
  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    for (const longestAgo of this.#entries.keys()) {
      this.#entries.delete(longestAgo);
      return;
    }
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
