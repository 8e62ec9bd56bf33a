import { CHAIN_START, type ChainHead } from "../../core/audit/chain.js";
import type { AuditEvent } from "../../core/audit/record.js";
import type { TenantId } from "../../core/person.js";
import type { Queries } from "../schema.js";
import { isInRecord } from "./is-in-record.js";
import { readEnd } from "./recorder.js";

/** Where the search for an event has got to. */
interface Searched {
  /** Nothing up to here was looked at. */
  readonly after: number;
  readonly upTo: ChainHead;
  readonly last: number | undefined;
}

/**
 * The last record of an event. A process reads what is new and nothing twice, for a record only grows, and records are
 * found by what they say themselves, because a column could be edited to hide one.
 */
export class LastEvents {
  readonly #searched = new Map<string, Searched>();

  /** @returns its number; undefined: there is none after that number */
  async of(queries: Queries, { tenant, event, after }: LookedFor): Promise<number | undefined> {
    const end = await readEnd(queries, tenant);
    const key = `${tenant} ${event}`;
    const before = await this.#stillTrue(queries, tenant, this.#searched.get(key));
    const from =
      before !== undefined && before.after <= after ? before : { after, upTo: CHAIN_START, last: undefined };
    const last = (await newest(queries, { tenant, event, after: startOf(from) }, end)) ?? from.last;
    this.#searched.set(key, { after: from.after, upTo: end, last });
    return last !== undefined && last > after ? last : undefined;
  }

  async #stillTrue(
    queries: Queries,
    tenant: TenantId,
    searched: Searched | undefined,
  ): Promise<Searched | undefined> {
    return searched !== undefined && (await isInRecord(queries, tenant, searched.upTo))
      ? searched
      : undefined;
  }
}

interface LookedFor {
  readonly tenant: TenantId;
  readonly event: AuditEvent;
  readonly after: number;
}

const startOf = ({ after, upTo }: Searched): number => Math.max(after, upTo.sequence);

async function newest(
  queries: Queries,
  { tenant, event, after }: LookedFor,
  end: ChainHead,
): Promise<number | undefined> {
  if (end.sequence <= after) return undefined;
  const row = await queries
    .selectFrom("audit")
    .select("sequence")
    .where("tenant_id", "=", tenant)
    .where("sequence", ">", after)
    .where("sequence", "<=", end.sequence)
    .where("body", "like", `%"event":"${event}"%`)
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.sequence;
}
