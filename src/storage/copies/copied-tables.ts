import type { Tables } from "../schema.js";

/** Of a table, by which columns it is read in pages: its primary key. `lives`: what is true of running processes only. */
type Copied = { readonly key: readonly string[] } | "lives";

/** Every table there is: a new one fails to compile until it is said whether a copy of the store needs it. */
const TABLES = {
  tenants: { key: ["tenant_id"] },
  plans: { key: ["tenant_id", "number"] },
  audit: { key: ["tenant_id", "sequence"] },
  scans: { key: ["tenant_id", "scan_id"] },
  scan_people: { key: ["tenant_id", "scan_id", "person_id"] },
  deferred_changes: { key: ["id"] },
  baselines: { key: ["tenant_id"] },
  drifts: { key: ["tenant_id", "number"] },
  evidence_links: { key: ["secret_hash"] },
  sign_ins: { key: ["link_hash"] },
  adoption_samples: { key: ["tenant_id", "day"] },
  people_links: { key: ["secret_hash"] },
  taken_messages: { key: ["message_key"] },
  model_facts: { key: ["tenant_id", "fact"] },
  model_notices: { key: ["tenant_id", "notice_id"] },
  digests: { key: ["tenant_id", "day"] },
  digest_switches: { key: ["tenant_id"] },
  own_scan_pauses: { key: ["tenant_id"] },
  rollout_stages: { key: ["tenant_id"] },
  fido_metadata: { key: ["id"] },
  conversations: { key: ["id"] },
  postings: { key: ["tenant_id", "kind", "card_id", "conversation_id", "message_id"] },
  replicas: "lives",
  duties: "lives",
} as const satisfies Readonly<Record<keyof Tables, Copied>>;

export interface CopiedTable {
  readonly name: keyof Tables;
  readonly key: readonly string[];
}

/** What a copy of a store consists of. */
export const COPIED_TABLES: readonly CopiedTable[] = Object.entries(TABLES).flatMap(([name, copied]) =>
  copied === "lives" ? [] : [{ name: name as keyof Tables, key: copied.key }],
);

/** A row as it is stored, of this version or of one before. */
export type StoredRow = Readonly<Record<string, string | number | null>>;
