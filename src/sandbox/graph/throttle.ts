import { GraphRefusal } from "./graph-error.js";

/** How many requests are let through in a sliding window. */
export interface ThrottleLimit {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Documented for identity and access reports, for each app in a tenant. Each item of a batch counts. */
export const DOCUMENTED_LIMIT: ThrottleLimit = { requests: 5, perSeconds: 10 };

/** What that limit is documented for: reports, authentication methods of users, directory audits. */
const LIMITED = /^\/(reports\/authenticationMethods|users\/[^/]+\/authentication|auditLogs)\//i;

/** Counts requests of the limited sort. */
export class Throttle {
  readonly #limit: ThrottleLimit | undefined;
  #recent: number[] = [];
  constructor(limit: ThrottleLimit | undefined) {
    this.#limit = limit;
  }

  /** Lets the request through or refuses it; refused requests count as well (documented). @throws GraphRefusal 429 */
  admit(path: string): void {
    if (this.#limit === undefined || !LIMITED.test(path)) return;
    const now = Date.now();
    const window = this.#limit.perSeconds * 1000;
    this.#recent = this.#recent.filter((at) => at > now - window);
    this.#recent.push(now);
    if (this.#recent.length <= this.#limit.requests) return;
    const free = (this.#recent.at(-this.#limit.requests) ?? now) + window;
    const seconds = Math.max(1, Math.ceil((free - now) / 1000));
    throw new GraphRefusal(429, "TooManyRequests", "Please retry again later.", {
      headers: { "Retry-After": String(seconds) },
    });
  }
}
