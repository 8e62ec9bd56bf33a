import type { Json } from "../../core/json.js";
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

/** Whether it is an attempt to write the policy, successful or not. */
export function isPolicyPatch({ method, path }: RequestRecord): boolean {
  return method === "PATCH" && /\/authenticationMethodConfigurations[/(]/i.test(path);
}
