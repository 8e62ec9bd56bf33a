import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import { isOwnScanDue, type OwnScanPause } from "../scan/own-scan.js";

const SUBJECT = "own scan";
const HOUR_MS = 3_600_000;
/** One failure passes by itself more often than not. */
const SAID_FROM = 2;

type Scanning = Pick<
  Ports,
  "scans" | "ownScans" | "plans" | "audit" | "scanner" | "replicas" | "clock" | "attention"
>;

/**
 * Begins a scan for which no person asked once the last one is old enough, in whichever process looks after the plans, so
 * that what rests on scans is noticed where no person asks. Not before a first scan that a person asked for has ended.
 * @param everyHours how long after the last scan; more than 0
 * @returns what is to be called every few seconds, and throws a Fault where it has to be tried again
 */
export function scanByItself(
  ports: Scanning,
  rules: Pick<Rules, "tenantId" | "scanMaxAgeHours">,
  everyHours: number,
): () => Promise<void> {
  const { tenantId } = rules;
  return async () => {
    if (!(await ports.replicas.claim("plans"))) {
      ports.attention.about(SUBJECT, []);
      return;
    }
    const pause = await ports.ownScans.pause(tenantId);
    ports.attention.about(SUBJECT, attention(pause));
    const latest = await ports.scans.latest(tenantId);
    const hasScanned =
      latest !== undefined || (await ports.audit.lastOf(tenantId, "scan-finished", 0)) !== undefined;
    const known = { everyMs: everyHours * HOUR_MS, latest, hasScanned, pause };
    if (!isOwnScanDue(known, ports.clock.now())) return;
    if (latest !== undefined && (await isDecidedOn(ports, rules, latest))) return;
    await ports.scanner.beginOwn();
  };
}

/**
 * Whether a plan that narrows is open and may still be approved on that scan: a newer one would make it a new revision,
 * for which no person asked. It holds the next scan up for as long as the scan is young enough, and no longer.
 */
async function isDecidedOn(
  { plans, clock }: Pick<Ports, "plans" | "clock">,
  { tenantId, scanMaxAgeHours }: Pick<Rules, "tenantId" | "scanMaxAgeHours">,
  { startedAt }: Pick<Inventory, "startedAt">,
): Promise<boolean> {
  const ageMs = clock.now().getTime() - Date.parse(startedAt);
  if (ageMs >= scanMaxAgeHours * HOUR_MS) return false;
  return (await plans.open(tenantId)).some(({ proposal }) => proposal.impact.narrows);
}

function attention(pause: OwnScanPause | undefined): readonly string[] {
  if (pause?.kind !== "failed" || pause.times < SAID_FROM) return [];
  return [
    `The scan that Latchkey makes by itself failed the last ${pause.times} times (${pause.fault}), and is tried again at growing intervals: until then no news of models and no course of adoption. Run npm run doctor (doctor.mjs): it says what to mend.`,
  ];
}
