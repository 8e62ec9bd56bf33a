import { CHAIN_START, type ChainHead, isSealed } from "../../core/audit/chain.js";
import type { RecordKeys } from "../../core/audit/record-keys.js";
import { WatchTrail } from "../../core/drift/recorded/watch-trail.js";
import type { TenantId } from "../../core/person.js";
import { isInRecord } from "../audit/is-in-record.js";
import { toRecord } from "../audit/record-row.js";
import type { Queries } from "../schema.js";

/** Of a page of so many records only those about the watch are read. */
const RECORDS_A_PAGE = 500;

interface Known {
  readonly trail: WatchTrail;
  readonly upTo: ChainHead;
}

/**
 * What is on record of baselines and drifts. A process reads the whole record once and then only what is new; records are
 * found by what they say themselves, because a column could be edited to hide one.
 */
export class WatchRecords {
  readonly #keys: RecordKeys;
  readonly #known = new Map<TenantId, Known>();
  constructor(keys: RecordKeys) {
    this.#keys = keys;
  }

  /** Reads the whole record ahead, outside of any transaction: the next comparison only reads what is new. */
  async readAhead(queries: Queries, tenant: TenantId): Promise<void> {
    if (!this.#known.has(tenant)) await this.of(queries, tenant);
  }

  /**
   * To be asked for once the tenant's turn is taken.
   * @returns undefined when a record is missing, was edited, or cannot be of an honest watch
   * @throws Fault when one cannot be read
   */
  async of(statements: Queries, tenant: TenantId): Promise<WatchTrail | undefined> {
    const known = this.#known.get(tenant);
    this.#known.delete(tenant);
    const from = known !== undefined && (await isInRecord(statements, tenant, known.upTo)) ? known : begin();
    const upTo = await this.#takeAll(statements, tenant, from);
    if (upTo === undefined) return undefined;
    this.#known.set(tenant, { trail: from.trail, upTo });
    return from.trail;
  }

  async #takeAll(statements: Queries, tenant: TenantId, from: Known): Promise<ChainHead | undefined> {
    const all = statements.selectFrom("audit").where("tenant_id", "=", tenant);
    for (let upTo = from.upTo; ; ) {
      const last = upTo.sequence + RECORDS_A_PAGE;
      const page = all.where("sequence", ">", upTo.sequence).where("sequence", "<=", last);
      const { present } = await page
        .select(({ fn }) => fn.countAll<number | string>().as("present"))
        .executeTakeFirstOrThrow();
      // PostgreSQL counts in text.
      const sequence = upTo.sequence + Number(present);
      if (sequence === upTo.sequence) return upTo;
      const about = await page
        .selectAll()
        .where(({ eb, or }) =>
          or([
            eb("body", "like", '%"driftNumber":%'),
            eb("body", "like", '%"event":"baseline-set"%'),
            eb("sequence", "=", sequence),
          ]),
        )
        .orderBy("sequence")
        .execute();
      const end = about.at(-1);
      // Where one in between is missing, there are fewer than their numbers say.
      if (end?.sequence !== sequence) return undefined;
      for (const record of about.map(toRecord)) {
        const isTrue =
          record.tenantId === tenant && isSealed(record) && this.#keys.whyNot(record) === undefined;
        if (!isTrue || from.trail.take(record) !== undefined) return undefined;
      }
      upTo = { sequence, hash: end.hash };
      // SQLite answers at once, so without this nothing else would have its turn until the last page.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const begin = (): Known => ({ trail: new WatchTrail(), upTo: CHAIN_START });
