import { CHAIN_START, type ChainHead } from "../../core/audit/chain.js";
import { Fault } from "../../core/errors.js";
import type { TenantId } from "../../core/person.js";
import type { Queries } from "../schema.js";
import { isInRecord } from "./is-in-record.js";

/**
 * The last end of each tenant's record that this process has stored or read. A record only grows, so an end that was seen
 * stays in it: where it is gone, the store was put back to an earlier state, however well everything in it fits together.
 */
export class SeenEnds {
  readonly #ends = new Map<TenantId, ChainHead>();

  /** The later of two is kept: what was read may be older than what was stored meanwhile. */
  note(tenant: TenantId, { sequence, hash }: ChainHead): void {
    if (sequence > (this.#ends.get(tenant)?.sequence ?? CHAIN_START.sequence)) {
      this.#ends.set(tenant, { sequence, hash });
    }
  }

  /** The end that was seen and is not in the record any more. undefined: it is there, or none was seen. */
  async gone(queries: Queries, tenant: TenantId): Promise<ChainHead | undefined> {
    // Taken before the record is read: what is seen meanwhile need not be in what is read.
    const end = this.#ends.get(tenant);
    if (end === undefined) return undefined;
    return (await isInRecord(queries, tenant, end)) ? undefined : end;
  }

  /**
   * Belongs to a transaction that adds to the record.
   * @param last what is the end now @throws Fault `store-put-back`
   */
  async refuseGone(queries: Queries, tenant: TenantId, last: ChainHead = CHAIN_START): Promise<void> {
    const seen = this.#ends.get(tenant);
    if (seen === undefined || isSame(seen, last)) return;
    if (last.sequence > seen.sequence && (await isInRecord(queries, tenant, seen))) return;
    throw new Fault(
      "store-put-back",
      `Record ${seen.sequence}, which this process has seen, is not in the store any more, or is another one.`,
    );
  }
}

const isSame = (one: ChainHead, other: ChainHead): boolean =>
  one.sequence === other.sequence && one.hash === other.hash;
