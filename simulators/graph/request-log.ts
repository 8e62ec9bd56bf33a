import type { Json } from "../../src/core/json.js";
import type { Caller } from "./graph-exchange.js";

/** One request as Graph saw it. Items of a batch are records of their own. Holds no token. */
export interface RequestRecord {
  readonly at: string;
  readonly method: string;
  /** Decoded, with its query, e.g. `/v1.0/users?$top=5`. */
  readonly path: string;
  readonly body: Json | undefined;
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
  /** Request id of the `$batch` this was an item of. */
  readonly batch: string | undefined;
  /** undefined: no valid token. */
  readonly caller: Caller | undefined;
  /** undefined: not answered (yet, or because a fault cut it off). */
  readonly status: number | undefined;
}

/** A record while its request is being answered. */
export type OpenRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

/** How much was asked of Graph. */
export interface RequestCounts {
  /** HTTP requests: a batch is one. */
  readonly http: number;
  /** Requests as Graph counts them: each item of a batch, and each request sent alone. */
  readonly counted: number;
  /** How many of those were answered 429. */
  readonly throttled: number;
}

const NONE: RequestCounts = { http: 0, counted: 0, throttled: 0 };

/** Whether it is an attempt to write the policy, successful or not. */
export function isPolicyPatch({ method, path }: RequestRecord): boolean {
  return method === "PATCH" && /\/authenticationMethodConfigurations[/(]/i.test(path);
}

/** Whether it is a batch as such. */
export function isBatch({ method, path }: Pick<RequestRecord, "method" | "path">): boolean {
  return method === "POST" && path.toLowerCase() === "/v1.0/$batch";
}

/** Counts every request and keeps its record, or only counts. */
export class RequestLog {
  /** In the order they came; none when only counting. */
  readonly records: OpenRecord[] = [];
  readonly #keep: boolean;
  #counts: RequestCounts = NONE;
  constructor(keep: boolean) {
    this.#keep = keep;
  }

  get counts(): RequestCounts {
    return this.#counts;
  }

  add(record: OpenRecord): void {
    if (this.#keep) this.records.push(record);
    const { http, counted, throttled } = this.#counts;
    this.#counts = {
      http: http + (record.batch === undefined ? 1 : 0),
      counted: counted + (isBatch(record) ? 0 : 1),
      throttled,
    };
  }

  answered(record: OpenRecord, status: number): void {
    record.status = status;
    if (status === 429) this.#counts = { ...this.#counts, throttled: this.#counts.throttled + 1 };
  }

  /** Counts from zero again. Records stay. */
  resetCounts(): void {
    this.#counts = NONE;
  }
}
