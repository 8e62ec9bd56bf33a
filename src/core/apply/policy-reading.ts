import type { AuditRecord } from "../audit/record.js";
import { Fault } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { TenantId } from "../person.js";
import { isWithin, type Moment, moment } from "../ports/moment.js";
import type { Ports } from "../ports.js";
import { orFault } from "./or-fault.js";
import { mayWait } from "./patience.js";

/**
 * How long after its answer a reading stands for the policy right before a write, in milliseconds. Between a reading and
 * a write others can always change the policy; this adds no more than a slow request does.
 */
const STANDS_FOR_MS = 2_000;
/** A reading that took longer than one request may does not stand: its answer is of no known moment. */
const READ_WITHIN_MS = 10_000;

/** The policy as it was read for a write that may come of it, or why it could not be read. */
export interface PolicyReading {
  readonly policy: JsonObject | Fault;
  readonly asked: Moment;
  readonly answered: Moment;
  /** The end of the tenant's record before it was asked for. */
  readonly since: number;
}

/** Reads the policy for a write. What is recorded from the call on ends what it stands for. */
export async function readForWrite(
  { audit, tenant, clock }: Pick<Ports, "audit" | "tenant" | "clock">,
  tenantId: TenantId,
): Promise<PolicyReading> {
  const asked = moment(clock);
  const head = await orFault(audit.head(tenantId));
  const isKnown = !(head instanceof Fault);
  const policy = isKnown ? await orFault(tenant.readPolicy()) : head;
  return { policy, asked, answered: moment(clock), since: isKnown ? head.sequence : 0 };
}

/**
 * A reading that is young enough to write by, waited for as long as Graph asks and a person's patience lasts. Nothing is
 * locked or recorded meanwhile.
 * @param first the reading that was begun with the press
 * @returns one that failed or is too old, when it could not be had in that time
 */
export async function readPatiently(
  ports: Pick<Ports, "audit" | "tenant" | "clock" | "graphWaits">,
  tenantId: TenantId,
  first: PolicyReading,
): Promise<PolicyReading> {
  const { clock, graphWaits } = ports;
  for (let reading = first; ; reading = await readForWrite(ports, tenantId)) {
    const current = moment(clock);
    const asked = reading.policy instanceof Fault ? putOff(reading.policy) : undefined;
    if (reading.policy instanceof Fault && asked === undefined) return reading;
    if (asked === undefined && isYoung(reading, current)) return reading;
    const waitMs = (asked ?? 0) * 1_000;
    if (!mayWait(waitMs, first.asked, current)) return reading;
    if (asked === undefined) continue;
    graphWaits.tell(asked);
    await clock.sleep(waitMs);
  }
}

/** For how many seconds Graph put the reading off; undefined: it failed in another way. */
function putOff({ code, retryAfterSeconds }: Fault): number | undefined {
  if (code !== "graph-throttled" || retryAfterSeconds === undefined) return undefined;
  return Math.max(1, retryAfterSeconds);
}

/** Whether a reading is young enough to write by. */
export function isYoung({ asked, answered }: PolicyReading, current: Moment): boolean {
  return isWithin(READ_WITHIN_MS, asked, answered) && isWithin(STANDS_FOR_MS, answered, current);
}

/**
 * Whether it stands for the policy right before the write that this record intends. No write of ours can have begun
 * since it was asked for, because each one is recorded first, and nothing was recorded in between; one that was on its
 * way before then holds this one up by itself.
 * @param intent the first of the records that were stored with the intent
 */
export function standsFor(reading: PolicyReading, intent: AuditRecord, current: Moment): boolean {
  return isYoung(reading, current) && intent.sequence === reading.since + 1;
}
