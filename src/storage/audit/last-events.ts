import type { ChainHead } from "../../core/audit/chain.js";
import type { AuditEvent } from "../../core/audit/record.js";
import type { TenantId } from "../../core/person.js";
import type { Queries } from "../schema.js";
import { readEnd } from "./recorder.js";

/** Records read at once where a search goes on. */
const RECORDS_AT_ONCE = 100;

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
    const key = `${tenant} ${event}`;
    const before = this.#searched.get(key);
    const known = before !== undefined && before.after <= after ? before : undefined;
    const searched =
      (known && (await goneOn(queries, { tenant, event }, known))) ??
      (await fromStart(queries, { tenant, event, after }));
    this.#searched.set(key, searched);
    const { last } = searched;
    return last !== undefined && last > after ? last : undefined;
  }
}

interface LookedFor {
  readonly tenant: TenantId;
  readonly event: AuditEvent;
  readonly after: number;
}

/** @returns undefined where the record does not go on from there */
async function goneOn(
  queries: Queries,
  { tenant, event }: Omit<LookedFor, "after">,
  searched: Searched,
): Promise<Searched | undefined> {
  const rows = await queries
    .selectFrom("audit")
    .select(({ case: choose }) => [
      "sequence",
      "hash",
      choose().when("body", "like", patternOf(event)).then(1).else(0).end().as("isMeant"),
    ])
    .where("tenant_id", "=", tenant)
    .where("sequence", ">=", searched.upTo.sequence)
    .orderBy("sequence")
    .limit(RECORDS_AT_ONCE)
    .execute();
  const [first, upTo] = [rows[0], rows.at(-1)];
  if (upTo === undefined || first?.hash !== searched.upTo.hash) return undefined;
  const news = rows.slice(1).findLast(({ isMeant }) => isMeant === 1);
  const further = { ...searched, upTo, last: news?.sequence ?? searched.last };
  return rows.length < RECORDS_AT_ONCE ? further : goneOn(queries, { tenant, event }, further);
}

async function fromStart(queries: Queries, { tenant, event, after }: LookedFor): Promise<Searched> {
  const upTo = await readEnd(queries, tenant);
  if (upTo.sequence <= after) return { after, upTo, last: undefined };
  const row = await queries
    .selectFrom("audit")
    .select("sequence")
    .where("tenant_id", "=", tenant)
    .where("sequence", ">", after)
    .where("sequence", "<=", upTo.sequence)
    .where("body", "like", patternOf(event))
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return { after, upTo, last: row?.sequence };
}

const patternOf = (event: AuditEvent): string => `%"event":"${event}"%`;
