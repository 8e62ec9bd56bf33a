import type { Ports, Rules } from "../ports.js";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Writes the end of the record into the log: at once, and then once a day. A log is kept elsewhere than the store, so
 * that a record whose end was cut off shows by comparing the two.
 * @returns what is to be called every now and then, by whichever process looks after the plans
 */
export function retainHead(
  ports: Pick<Ports, "audit" | "clock" | "log">,
  { tenantId: tenant }: Pick<Rules, "tenantId">,
): () => Promise<void> {
  let last: number | undefined;
  return async () => {
    const now = ports.clock.elapsed();
    if (last !== undefined && now - last < DAY_MS) return;
    const { sequence, hash } = await ports.audit.head(tenant);
    ports.log.info("audit-head", { tenant, sequence, hash });
    last = now;
  };
}
