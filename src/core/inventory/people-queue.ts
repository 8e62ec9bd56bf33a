import type { Ports } from "../ports.js";
import type { AccountRef } from "./inventory.js";
import type { Scan } from "./scan.js";

/** People taken from the store at once; the queue asks for more when it runs low, so it stays small. */
const PAGE = 500;

/** Somebody to ask about, and how that went so far. */
export interface Queued {
  readonly account: AccountRef;
  /** How often Graph said 429, and how often something else went wrong. */
  readonly refusals: number;
  readonly failures: number;
  /** Not to be asked about before, in milliseconds. */
  readonly notBefore: number;
}

/** The people of a scan who are still to be read: those in the store, and those put off. Bounded in size. */
export class PeopleQueue {
  readonly #ports: Pick<Ports, "scans">;
  readonly #scan: Scan;
  #ready: Queued[] = [];
  #later: Queued[] = [];
  #position = 0;
  #storeIsEmpty = false;
  constructor(ports: Pick<Ports, "scans">, scan: Scan) {
    this.#ports = ports;
    this.#scan = scan;
  }

  /** People were added to the store. */
  more(): void {
    this.#storeIsEmpty = false;
  }

  putOff(person: Queued): void {
    this.#later.push(person);
  }

  get isEmpty(): boolean {
    return this.#storeIsEmpty && this.#ready.length === 0 && this.#later.length === 0;
  }

  /** When the first of those put off may be asked about again; undefined: nobody is put off. */
  get nextDue(): number | undefined {
    return this.#later.length === 0 ? undefined : Math.min(...this.#later.map((person) => person.notBefore));
  }

  /** How many could be taken now. */
  async ready(now: number, wanted: number): Promise<number> {
    if (this.#later.some((person) => person.notBefore <= now)) {
      // Behind the others: whoever was unlucky is not asked about again and again at the head of the queue.
      this.#ready.push(...this.#later.filter((person) => person.notBefore <= now));
      this.#later = this.#later.filter((person) => person.notBefore > now);
    }
    while (this.#ready.length < wanted && !this.#storeIsEmpty && this.#later.length < 2 * PAGE) {
      await this.#refill();
    }
    return this.#ready.length;
  }

  take(count: number): readonly Queued[] {
    return this.#ready.splice(0, count);
  }

  async #refill(): Promise<void> {
    // Marked before the read: whoever is added while it runs is looked for again.
    this.#storeIsEmpty = true;
    const page = await this.#ports.scans.pending(this.#scan, this.#position, PAGE);
    this.#ready.push(...page.map(({ account }) => ({ account, refusals: 0, failures: 0, notBefore: 0 })));
    this.#position = page.at(-1)?.position ?? this.#position;
    if (page.length === PAGE) this.#storeIsEmpty = false;
  }
}
