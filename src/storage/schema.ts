import type { Kysely, Transaction } from "kysely";
import type { CardKind } from "../core/stores.js";

/** The tables. JSON and instants are text, booleans are 0 or 1: the same on every engine. */
export interface Tables {
  /** One row a tenant: the last numbers given out. Its lock also makes writers of one tenant take turns. */
  tenants: {
    tenant_id: string;
    last_plan: number;
    last_audit: number;
    last_drift: number;
    /** Random: another one in every new store, and after each restore. */
    installation: string;
  };
  plans: {
    tenant_id: string;
    number: number;
    version: number;
    state: string;
    body: string;
    expires_at: string;
    /** The plan as a list shows it, as JSON. */
    summary: string;
  };
  audit: {
    tenant_id: string;
    sequence: number;
    hash: string;
    /** The text the hash is over: everything else of the record, as canonical JSON. */
    body: string;
    /** Of the plan the record is about; null for others. Only for finding: what counts is in `body`. */
    plan_number: number | null;
  };
  scans: {
    tenant_id: string;
    scan_id: string;
    state: "running" | "finished";
    /** Empty while it runs. */
    finished_at: string;
    complete: number;
    /** The last position given to one of its people. */
    last_position: number;
    /** What it takes to go on while it runs; what it found when it has finished. */
    body: string;
  };
  scan_people: {
    tenant_id: string;
    scan_id: string;
    person_id: string;
    /** Grows with every person added to the scan. */
    position: number;
    state: "pending" | "read" | "carried" | "gone" | "unread";
    name: string;
    is_admin: number;
    has_passkeys: number;
    /** Passkeys as JSON of who was read; the reason of who was not; else empty. */
    detail: string;
  };
  deferred_changes: { id: string; tenant_id: string; asked_at: string; body: string };
  baselines: {
    tenant_id: string;
    version: number;
    /** When the policy was last read and was like it; the newest such time is here and not in the body. */
    seen_at: string;
    body: string;
  };
  drifts: { tenant_id: string; number: number; version: number; state: string; body: string };
  evidence_links: { secret_hash: string; valid_until: string; body: string };
  /** One row a tenant and day. */
  adoption_samples: { tenant_id: string; day: string; body: string };
  people_links: { secret_hash: string; valid_until: string; body: string };
  sign_ins: { link_hash: string; valid_until: string; body: string; seal: string; browser_hash: string };
  taken_messages: {
    message_key: string;
    tenant_id: string;
    taken_at: string;
    taker: string;
    answered: number;
    /** Of the plan that was made of it. */
    plan_number: number | null;
  };
  /** What is known of models, so that each change is said once. */
  model_facts: { tenant_id: string; fact: string; value: string };
  model_notices: {
    tenant_id: string;
    notice_id: string;
    version: number;
    state: string;
    found_at: string;
    body: string;
  };
  /** Why Latchkey's own scan waits; no row: it does not. */
  own_scan_pauses: { tenant_id: string; body: string };
  rollout_stages: { tenant_id: string; body: string };
  digests: { tenant_id: string; day: string; body: string };
  digest_switches: { tenant_id: string; is_on: number; body: string };
  fido_metadata: { id: number; blob: string; fetched_at: string };
  replicas: {
    replica_id: string;
    beat: number;
    /** What it decides by, as JSON; empty while it does not say. */
    rules: string;
  };
  duties: { tenant_id: string; duty: string; holder: string };
  conversations: {
    id: string;
    tenant_id: string;
    kind: string;
    approval_room: number;
    body: string;
    /** Whose chat it is, of a personal one. Only for finding: what counts is in `body`. */
    person_id: string | null;
  };
  /** Cards that stand somewhere, and those that a process is or was about to post. */
  postings: {
    tenant_id: string;
    kind: CardKind;
    card_id: string;
    conversation_id: string;
    /** Teams' id of the message; of an intent our own. */
    message_id: string;
    version: number;
    /** Of an intent: the process. Empty as soon as it stands there. */
    poster: string;
    /** Of an intent; else 0. */
    tries: number;
    /** Null while something is left to do. */
    done_at: string | null;
  };
}

export type Queries = Kysely<Tables>;
/** Statements that happen together or not at all. */
export type Together = Transaction<Tables>;
