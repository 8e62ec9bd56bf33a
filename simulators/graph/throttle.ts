/** How many requests are let through in a sliding window. */
export interface ThrottleLimit {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Documented for identity and access reports, for each app in a tenant. Each item of a batch counts. */
export const DOCUMENTED_LIMIT: ThrottleLimit = { requests: 5, perSeconds: 10 };

/** What that limit is documented for: reports, authentication methods of users, directory audits. */
const LIMITED = /^\/(reports\/authenticationMethods|users\/[^/]+\/authentication|auditLogs)\//i;

/** Whether a request is let through. `used`: how much of the limit is used up with it; 1 is all of it. */
export type Admission =
  | { readonly kind: "unlimited" }
  | { readonly kind: "admitted"; readonly used: number }
  | { readonly kind: "refused"; readonly used: number; readonly retryAfterSeconds: number };

/** Counts requests of the limited sort. */
export class Throttle {
  #limit: ThrottleLimit | undefined;
  /** When they came, oldest first; what lies before `#first` has left the window. */
  #recent: number[] = [];
  #first = 0;
  constructor(limit: ThrottleLimit | undefined) {
    this.#limit = limit;
  }

  /** Another limit from now on, or none; what came before is forgotten. */
  use(limit: ThrottleLimit | undefined): void {
    this.#limit = limit;
    this.#recent = [];
    this.#first = 0;
  }

  /** Lets the request through or refuses it; refused requests count as well (documented). */
  admit(path: string): Admission {
    if (this.#limit === undefined || !LIMITED.test(path)) return { kind: "unlimited" };
    const { requests, perSeconds } = this.#limit;
    const now = Date.now();
    const window = perSeconds * 1000;
    this.#forget(now - window);
    this.#recent.push(now);
    const count = this.#recent.length - this.#first;
    const used = count / requests;
    if (count <= requests) return { kind: "admitted", used };
    const free = (this.#recent[this.#recent.length - requests] ?? now) + window;
    return { kind: "refused", used, retryAfterSeconds: Math.max(1, Math.ceil((free - now) / 1000)) };
  }

  /** Drops what came up to then. The list is cut only when half of it is done with, so a request costs the same in any window. */
  #forget(until: number): void {
    while (this.#first < this.#recent.length && (this.#recent[this.#first] ?? until) <= until)
      this.#first += 1;
    if (this.#first * 2 <= this.#recent.length) return;
    this.#recent = this.#recent.slice(this.#first);
    this.#first = 0;
  }
}
