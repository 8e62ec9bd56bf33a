import type { Kysely, Transaction } from "kysely";

/** The tables. JSON and instants are text, booleans are 0 or 1: the same on every engine. */
export interface Tables {
  /** One row a tenant: the last numbers given out. Its lock also makes writers of one tenant take turns. */
  tenants: { tenant_id: string; last_plan: number; last_audit: number };
  plans: { tenant_id: string; number: number; version: number; state: string; body: string };
  audit: {
    tenant_id: string;
    sequence: number;
    hash: string;
    /** The text the hash is over: everything else of the record, as canonical JSON. */
    body: string;
  };
  inventories: { tenant_id: string; finished_at: string; body: string };
  conversations: { id: string; tenant_id: string; kind: string; approval_room: number; body: string };
  postings: { tenant_id: string; plan_number: number; conversation_id: string; activity_id: string };
}

export type Queries = Kysely<Tables>;
/** Statements that happen together or not at all. */
export type Together = Transaction<Tables>;
