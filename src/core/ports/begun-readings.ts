import type { Ports, TenantReader } from "../ports.js";
import { isWithin, type Moment, moment } from "./moment.js";

/** How long after its answer a reading that was begun ahead is as good as a new one, in milliseconds. */
const AS_GOOD_AS_NEW_MS = 2_000;

/** What of the tenant is being read already. */
export interface Begun {
  readonly strengths: boolean;
}

/**
 * The tenant while its policy is being read already, and its authentication strengths where asked for: the first who
 * asks gets that reading, unless it is old by then, and the next ones read anew. For what is shown or proposed; a write
 * has its own rules.
 */
export function tenantBegun(
  { tenant, clock }: Pick<Ports, "tenant" | "clock">,
  { strengths }: Begun,
): TenantReader {
  return {
    ...tenant,
    readPolicy: begun(clock, tenant.readPolicy),
    readStrengths: strengths ? begun(clock, tenant.readStrengths) : tenant.readStrengths,
  };
}

/** Begins it now. */
function begun<Answer, Options>(
  clock: Ports["clock"],
  read: (options?: Options) => Promise<Answer>,
): (options?: Options) => Promise<Answer> {
  const reading = read();
  let answered: Moment | undefined;
  reading.then(
    () => {
      answered = moment(clock);
    },
    // Told to the first who asks.
    () => {},
  );
  let isTaken = false;
  return (options) => {
    const isNew = answered === undefined || isWithin(AS_GOOD_AS_NEW_MS, answered, moment(clock));
    if (isTaken || !isNew) return read(options);
    isTaken = true;
    return reading;
  };
}
