import type { Ports } from "../ports.js";
import type { AccountRef } from "./inventory.js";
import type { Scan } from "./scan.js";

/** People taken from the store at once; the queue asks for more when it runs low, so it stays small. */
const PEOPLE_A_PAGE = 500;

/** A person put off more often than this loses the place at the head of the queue. */
const PUT_OFF_AT_HEAD = 3;

/** A person to ask about, and how that went so far. */
export interface Queued {
  readonly account: AccountRef;
  /** How often they were put off. */
  readonly times: number;
  /** How much of the patience with one person is used up. */
  readonly spent: number;
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

  /** When the first of those put off may be asked about again; undefined: no person is put off. */
  get nextDue(): number | undefined {
    return this.#later.length === 0 ? undefined : Math.min(...this.#later.map((person) => person.notBefore));
  }

  /** How many could be taken now. */
  async ready(now: number, wanted: number): Promise<number> {
    const due = this.#later.filter((person) => person.notBefore <= now);
    if (due.length > 0) {
      this.#later = this.#later.filter((person) => person.notBefore > now);
      // Before people who were never asked about: where Graph answers little, those it knows are to get through.
      this.#ready.unshift(...due.filter((person) => person.times <= PUT_OFF_AT_HEAD));
      this.#ready.push(...due.filter((person) => person.times > PUT_OFF_AT_HEAD));
    }
    while (this.#ready.length < wanted && !this.#storeIsEmpty && this.#later.length < 2 * PEOPLE_A_PAGE) {
      await this.#refill();
    }
    return this.#ready.length;
  }

  take(count: number): readonly Queued[] {
    return this.#ready.splice(0, count);
  }

  async #refill(): Promise<void> {
    // Marked before the read: people added while it runs are looked for again.
    this.#storeIsEmpty = true;
    const page = await this.#ports.scans.pending(this.#scan, this.#position, PEOPLE_A_PAGE);
    this.#ready.push(...page.map(({ account }) => ({ account, times: 0, spent: 0, notBefore: 0 })));
    this.#position = page.at(-1)?.position ?? this.#position;
    if (page.length === PEOPLE_A_PAGE) this.#storeIsEmpty = false;
  }
}
