import type { Caller } from "./graph-exchange.js";

/** Which requests a fault strikes, and what it does to them. Give one effect; `delayMs` goes with any. */
export interface GraphFault {
  /** Any when left out. */
  readonly method?: string;
  /** Matched against the decoded path with its query, e.g. `/v1.0/users/…`; a string is looked for inside it. */
  readonly path?: RegExp | string;
  /** `app`, or a person's object id. */
  readonly by?: string;
  /** true: items of a batch only; false: requests sent alone only. Left out: both, except for what spoils a connection. */
  readonly inBatch?: boolean;
  /** How many requests it strikes; 1 when left out. */
  readonly times?: number;

  /** Answered instead of doing anything. */
  readonly status?: number;
  readonly code?: string;
  readonly message?: string;
  /** Seconds, for the Retry-After header. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Any body, answered with `status` or 200 instead of doing anything. */
  readonly body?: unknown;
  /** The connection is cut: before anything is done; first, and the work is done a moment later; or after the work. */
  readonly drop?: "before" | "during" | "after";
  /** Never answered; `true` and `before`: nothing is done either, `after`: it is done. */
  readonly silence?: true | "before" | "after";
  /** The work is done, but the answer is half a JSON text. */
  readonly truncate?: true;
  /** The work is done, and its answer is sent as this makes it of the text that it would have been. */
  readonly rewrite?: (text: string) => RewrittenAnswer;
  /** 204, and nothing done. */
  readonly noEffect?: true;
  /** An item's answer is missing from the batch's answer. */
  readonly omit?: true;
  /** Waits first. */
  readonly delayMs?: number;
}

/** What is left out is as it would have been. */
export interface RewrittenAnswer {
  readonly text: string;
  readonly status?: number;
  readonly contentType?: string;
}

/** A fault on the board. */
export interface ArmedFault {
  /** How many requests it will still strike. */
  readonly left: number;
  clear(): void;
}

export interface FaultSubject {
  readonly method: string;
  readonly path: string;
  readonly caller: Caller | undefined;
  readonly inBatch: boolean;
}

/** What goes wrong at Graph; faults strike in the order they were put up. */
export class FaultBoard {
  #armed: { fault: GraphFault; left: number }[] = [];
  #struck = 0;

  /** How many requests have been struck so far. */
  get struck(): number {
    return this.#struck;
  }

  /** Puts up a fault for the next matching requests. */
  next(fault: GraphFault): ArmedFault {
    if (fault.inBatch && spoilsConnection(fault)) {
      throw new Error("an item of a batch has no connection of its own: aim at the $batch request instead");
    }
    const entry = { fault, left: fault.times ?? 1 };
    this.#armed.push(entry);
    return {
      get left() {
        return entry.left;
      },
      clear: () => {
        entry.left = 0;
        this.#dropSpent();
      },
    };
  }

  /** Puts up one fault for the passkeys of each of these people: everyone is struck `times` times, `Infinity` for ever. */
  nextPasskeysOf(people: readonly string[], fault: Omit<GraphFault, "path">): readonly ArmedFault[] {
    return people.map((id) => this.next({ ...fault, path: `/v1.0/users/${id}/authentication/` }));
  }

  clear(): void {
    for (const entry of this.#armed) entry.left = 0;
    this.#dropSpent();
  }

  /** Faults that have not struck as often as they should: a test that ends with some did not test what it meant to. */
  get pending(): readonly GraphFault[] {
    return this.#armed.filter(({ left }) => Number.isFinite(left)).map(({ fault }) => fault);
  }

  /** The fault that strikes this request, if one does: it is used up by one. */
  strike(subject: FaultSubject): GraphFault | undefined {
    const entry = this.#armed.find(({ fault }) => isMeant(fault, subject));
    if (entry === undefined) return undefined;
    entry.left -= 1;
    this.#struck += 1;
    this.#dropSpent();
    return entry.fault;
  }

  #dropSpent(): void {
    this.#armed = this.#armed.filter(({ left }) => left > 0);
  }
}

function spoilsConnection({ drop, silence, truncate, rewrite }: GraphFault): boolean {
  return [drop, silence, truncate, rewrite].some((effect) => effect !== undefined);
}

function isMeant(fault: GraphFault, { method, path, caller, inBatch }: FaultSubject): boolean {
  if (inBatch && spoilsConnection(fault)) return false;
  if (!inBatch && fault.omit) return false;
  if (fault.inBatch !== undefined && fault.inBatch !== inBatch) return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  if (fault.by !== undefined && fault.by !== nameOf(caller)) return false;
  if (fault.path === undefined) return true;
  return typeof fault.path === "string" ? path.includes(fault.path) : path.search(fault.path) >= 0;
}

function nameOf(caller: Caller | undefined): string | undefined {
  return caller?.kind === "person" ? caller.person.id : caller?.kind;
}
