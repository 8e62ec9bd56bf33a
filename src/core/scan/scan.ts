import type { FaultCode } from "../errors.js";
import type { Instant, Person, TenantId } from "../person.js";
import type { AccountCounts, Inventory, LicencePath, ScanAsker } from "./inventory.js";

/** How far the list of people to read has got. `next` is Graph's own link to the page that follows. */
export type Listing =
  /** People whose authentication methods changed lately, from the directory audit log. */
  | { readonly step: "audit"; readonly next?: string }
  /** People with passkeys by the registration report, or every enabled account. */
  | { readonly step: "people"; readonly next?: string }
  /** People of the scan before whom the report no longer lists. */
  | { readonly step: "missing" }
  | { readonly step: "done" };

/** A scan under way, as the store keeps it: what it takes to go on after a restart. */
export interface Scan {
  readonly tenantId: TenantId;
  readonly scanId: string;
  readonly kind: Inventory["kind"];
  readonly startedAt: Instant;
  /** The finished scan before it: a scan of changes carries people over from there, a full one asks for them again. */
  readonly base?: string;
  readonly fullSince: Instant;
  /** From when on the audit log is read. */
  readonly changesSince: Instant;
  readonly askers: readonly ScanAsker[];
  /** See {@link Inventory}. */
  readonly begunBy?: Inventory["begunBy"];
  readonly path: LicencePath;
  readonly listing: Listing;
  /** Names the report used for passkeys so far. */
  readonly methods: readonly string[];
  readonly recentIncluded: boolean;
  /** Entries of Entra's report and audit log of which it could not be told whom they are about; absent: none. */
  readonly oddEntries?: number;
  /** Of the last full scan, where this one reads what changed; see {@link Inventory}. */
  readonly accounts?: AccountCounts;
  /** Rows of the report that were read so far, or at the last full scan; absent: none, or not all are asked for. */
  readonly reportRows?: number;
  /** How often a process had to go on with it. */
  readonly interruptions: number;
}

/** People of a scan by what became of them. */
export interface ScanCounts {
  readonly pending: number;
  readonly read: number;
  /** Carried over from the scan before. */
  readonly carried: number;
  readonly gone: number;
  readonly unread: number;
}

/** How a scan goes: what its card shows. */
export type ScanNews =
  | {
      readonly kind: "running";
      readonly scan: Scan;
      readonly counts: ScanCounts;
      /** People read in a minute, lately; undefined until that can be said. */
      readonly perMinute: number | undefined;
      /** Graph asked us to pause until then. */
      readonly pausedUntil: Instant | undefined;
      /** Undefined while people are still being listed, or nothing was read yet. */
      readonly secondsLeft: number | undefined;
    }
  | { readonly kind: "finished"; readonly scan: Scan; readonly inventory: Inventory }
  | { readonly kind: "cancelled"; readonly scan: Scan; readonly by: Person }
  | { readonly kind: "failed"; readonly scan: Scan; readonly fault: FaultCode; readonly why: string };
