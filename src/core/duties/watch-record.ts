import type { Ports, Rules } from "../ports.js";

const SUBJECT = "record put back";

/**
 * Looks whether the record still holds what this process has seen in it. No duty is needed for that: a process that writes
 * nothing would notice it by nothing else.
 * @returns what is to be called every now and then
 */
export function watchRecord(
  ports: Pick<Ports, "audit" | "log" | "attention">,
  { tenantId: tenant }: Pick<Rules, "tenantId">,
): () => Promise<void> {
  let isGone = false;
  return async () => {
    const gone = await ports.audit.goneEnd(tenant);
    ports.attention.about(SUBJECT, gone === undefined ? [] : [sentence(`${gone.sequence}:${gone.hash}`)]);
    if (gone !== undefined && !isGone) ports.log.error("record-put-back", { tenant, ...gone });
    isGone = gone !== undefined;
  };
}

const sentence = (head: string): string =>
  `The database was put back to an earlier state while Latchkey was running, so nothing is decided and nothing is written. Run \`npm run audit -- verify --head ${head}\` and find out who did it; only if you restored a backup yourself: stop every process, run \`npm run restored\`, start again (docs/operations.md, The record was put back).`;
