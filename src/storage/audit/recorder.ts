import { correlation } from "../../async/correlation.js";
import { CHAIN_START, type ChainHead, sealWithText } from "../../core/audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../core/audit/record.js";
import { RecordKeys } from "../../core/audit/record-keys.js";
import { Fault } from "../../core/errors.js";
import type { TenantId } from "../../core/person.js";
import { afterCommit } from "../engine/after-commit.js";
import { storeFault } from "../engine/database.js";
import { keptQuery } from "../engine/kept-query.js";
import { nextNumber } from "../numbering.js";
import type { Queries, Tables, Together } from "../schema.js";
import { toRecord } from "./record-row.js";
import { SeenEnds } from "./seen-ends.js";

/** Told of each record once it is stored for good. */
export type OnRecord = (record: AuditRecord) => void;

function withCorrelation(entry: AuditEntry): AuditEntry {
  const id = correlation()?.id;
  return id === undefined ? entry : { ...entry, correlation: id };
}

/** Adds to the record, as part of a transaction that does more, with the keys of the installation. */
export class Recorder {
  readonly keys: RecordKeys;
  readonly #seen = new SeenEnds();
  /** Of transactions in which nothing is gone: no other transaction adds to the record until they end. */
  readonly #ends = new WeakMap<Together, TenantEnd>();
  readonly #onRecord: OnRecord;
  constructor(keys = new RecordKeys(), onRecord: OnRecord = () => {}) {
    this.keys = keys;
    this.#onRecord = onRecord;
  }

  /**
   * Seals an entry onto its tenant's chain. @throws Fault when the end of the chain is not what was written there, or the
   * chain lacks what this process has seen in it
   */
  async record(statements: Together, entry: AuditEntry): Promise<AuditRecord> {
    const sequence = await nextNumber(statements, entry.tenantId, "last_audit");
    const before = await this.#before(statements, entry.tenantId, sequence);
    const { record: sealed, text } = sealWithText(withCorrelation(entry), before, this.keys);
    const { hash, tenantId, planNumber: plan_number = null } = sealed;
    await adding(statements, { tenant_id: tenantId, sequence, hash, body: text, plan_number });
    this.#ends.set(statements, { tenant: tenantId, end: sealed });
    afterCommit(statements, () => {
      this.#seen.note(tenantId, sealed);
      this.#onRecord(sealed);
    });
    return sealed;
  }

  /** For what decides by the store and may end without a record. @throws Fault `store-put-back` */
  async refusePutBack(statements: Together, tenant: TenantId): Promise<void> {
    await this.#endOf(statements, tenant);
  }

  /** Seals entries in order. */
  async recordAll(statements: Together, entries: readonly AuditEntry[]): Promise<readonly AuditRecord[]> {
    const records: AuditRecord[] = [];
    for (const entry of entries) records.push(await this.record(statements, entry));
    return records;
  }

  /** The end that this process has seen and that is gone. undefined: it is there, and what is the end now is seen, too. */
  async goneEnd(queries: Queries, tenant: TenantId): Promise<ChainHead | undefined> {
    const gone = await this.#seen.gone(queries, tenant);
    if (gone !== undefined) return gone;
    this.#seen.note(tenant, await readEnd(queries, tenant));
    return undefined;
  }

  /** Looks whether the chain can be gone on with by these keys. @throws Fault `store-altered` when it cannot */
  async checkEnd(queries: Queries, tenant: TenantId): Promise<void> {
    const end = await readLast(queries, tenant);
    if (end !== undefined) this.#check(end);
  }

  async #before(statements: Together, tenant: TenantId, sequence: number): Promise<AuditRecord | undefined> {
    const end = await this.#endOf(statements, tenant);
    const last = end?.sequence ?? 0;
    if (last >= sequence) throw storeFault("adding to the audit log", `record ${sequence} is there already`);
    // The end of the chain was removed. To go on as if nothing were missing would hide it.
    if (last < sequence - 1) throw storeFault("adding to the audit log", `record ${sequence - 1} is missing`);
    return end && this.#check(end);
  }

  /** The last record: read once in a transaction, which adds to it alone. @throws Fault `store-put-back` */
  async #endOf(statements: Together, tenant: TenantId): Promise<AuditRecord | undefined> {
    const known = this.#ends.get(statements);
    if (known?.tenant === tenant) return known.end;
    const end = await readLast(statements, tenant);
    await this.#seen.refuseGone(statements, tenant, end);
    this.#ends.set(statements, { tenant, end });
    return end;
  }

  #check(record: AuditRecord): AuditRecord {
    const why = this.keys.whyNot(record);
    if (why === undefined) return record;
    throw new Fault("store-altered", `Record ${record.sequence} ${WORDS[why]}.`);
  }
}

interface TenantEnd {
  readonly tenant: TenantId;
  readonly end: AuditRecord | undefined;
}

async function readLast(queries: Queries, tenant: TenantId): Promise<AuditRecord | undefined> {
  const [row] = (await lastOf(queries, { tenant })).rows;
  return row && toRecord(row);
}

const lastOf = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  queries
    .selectFrom("audit")
    .selectAll()
    .where("tenant_id", "=", tenant)
    .orderBy("sequence", "desc")
    .limit(1),
);

const adding = keptQuery((queries, { tenant_id, sequence, hash, body, plan_number }: Tables["audit"]) =>
  queries.insertInto("audit").values({ tenant_id, sequence, hash, body, plan_number }),
);

/** The last record by number and hash. */
export async function readEnd(queries: Queries, tenant: TenantId): Promise<ChainHead> {
  const row = await queries
    .selectFrom("audit")
    .select(["sequence", "hash"])
    .where("tenant_id", "=", tenant)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return row ?? CHAIN_START;
}

const WORDS = {
  unproven: "has no proof by RECORD_KEY, which by its number it should have been made with",
  forged: "was not made with the RECORD_KEY of its number",
  "no-key": "was made with a RECORD_KEY that is not set here, and without it nothing may follow",
} as const;
