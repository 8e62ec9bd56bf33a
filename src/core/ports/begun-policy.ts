import type { Ports, TenantReader } from "../ports.js";
import { isWithin, type Moment, moment } from "./moment.js";

/** How long after its answer a reading that was begun ahead is as good as a new one, in milliseconds. */
const AS_GOOD_AS_NEW_MS = 2_000;

/**
 * The tenant while its policy is being read already: the first who asks for the policy gets that reading, unless it is
 * old by then, and the next ones read anew. For what is shown or proposed; a write has its own rules.
 */
export function policyBegun({ tenant, clock }: Pick<Ports, "tenant" | "clock">): TenantReader {
  const reading = tenant.readPolicy();
  let answered: Moment | undefined;
  reading.then(
    () => {
      answered = moment(clock);
    },
    // Told to the first who asks.
    () => {},
  );
  let isTaken = false;
  return {
    ...tenant,
    readPolicy: () => {
      const isNew = answered === undefined || isWithin(AS_GOOD_AS_NEW_MS, answered, moment(clock));
      if (isTaken || !isNew) return tenant.readPolicy();
      isTaken = true;
      return reading;
    },
  };
}
