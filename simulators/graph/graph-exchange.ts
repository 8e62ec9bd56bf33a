import type { Json } from "../../src/core/json.js";
import type { SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import type { AuditTrail } from "./audit-trail.js";
import type { Listings } from "./odata/listings.js";
import type { PolicyStore } from "./policy/policy-store.js";
import type { Readings } from "./readings.js";

/** Who sent a request, by a verified token. */
export type Caller =
  | { readonly kind: "app"; readonly appId: string; readonly permissions: ReadonlySet<string> }
  | {
      readonly kind: "person";
      readonly person: SimUser;
      readonly appId: string;
      readonly permissions: ReadonlySet<string>;
      /** Role template ids the token was issued with. */
      readonly tokenRoles: readonly string[];
      readonly ipAddress: string | null;
    };

/** One request to Graph: sent alone, or an item of a batch. */
export interface GraphRequest {
  readonly method: string;
  /** Below `/v1.0`, decoded, without the query; starts with a slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly caller: Caller;
  readonly requestId: string;
  readonly clientRequestId: string | undefined;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the routes work on. */
export interface GraphWorld {
  readonly tenant: SimulatedTenant;
  readonly readings: Readings;
  readonly policies: PolicyStore;
  readonly audits: AuditTrail;
  readonly listings: Listings;
  /** `https://localhost:PORT/v1.0`, for links and contexts. */
  readonly root: string;
}
