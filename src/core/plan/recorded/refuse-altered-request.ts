import { type Refusal, refuse } from "../../errors.js";
import type { Ports } from "../../ports.js";
import type { DeferredChange } from "../../stores.js";
import { isRecordOfAsked } from "./asked-entry.js";

type RecordPorts = Pick<Ports, "audit" | "clock" | "log" | "metrics">;

/** Longer than a scan takes. An answer that could not be recorded is not to be brought back for ever. */
const WAITS_AT_MOST_MS = 3 * 24 * 60 * 60_000;
const RECORDS_A_PAGE = 100;

/**
 * Something waited for a scan, and a plan is about to be made of it in the name of who asked: it has to be what was
 * recorded when they did, and no plan may have been made of it before.
 */
export async function refuseAlteredRequest(
  ports: RecordPorts,
  waiting: DeferredChange,
): Promise<Refusal | undefined> {
  if ((await isAsRecorded(ports, waiting)) && !(await isAnswered(ports, waiting))) return undefined;
  ports.log.error("request-altered", { kind: waiting.kind, record: waiting.recordedAs });
  ports.metrics.planAltered();
  return refuse({ code: "request-altered" });
}

async function isAsRecorded({ audit, clock }: RecordPorts, waiting: DeferredChange): Promise<boolean> {
  const { recordedAs: fromSequence, tenantId, askedAt, kind } = waiting;
  const age = clock.now().getTime() - Date.parse(askedAt);
  // A plan that is to be made anew has an end of its own.
  const isTooOld = kind === "propose" && age > WAITS_AT_MOST_MS;
  if (fromSequence === undefined || isTooOld) return false;
  const [record] = await audit.read(tenantId, { fromSequence, limit: 1 });
  return record !== undefined && audit.isProven(record) && isRecordOfAsked(record, waiting);
}

/** Whether a plan on record was made of it, or it was answered otherwise, or dropped. */
async function isAnswered(
  { audit }: RecordPorts,
  { tenantId, recordedAs }: DeferredChange,
): Promise<boolean> {
  for (let fromSequence = (recordedAs ?? 0) + 1; ; fromSequence += RECORDS_A_PAGE) {
    const page = await audit.read(tenantId, { fromSequence, limit: RECORDS_A_PAGE });
    if (page.some(({ detail }) => detail.waitedSince === recordedAs)) return true;
    if (page.length < RECORDS_A_PAGE) return false;
  }
}
