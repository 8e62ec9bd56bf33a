import { type PlanSummary, summaryOf } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { modelsReport } from "../report/models-report.js";
import type { Doorstep } from "../report/standing/blocked.js";
import { readStatus } from "../report/standing/status.js";
import { isComplete } from "../scan/inventory.js";
import type { Digest } from "./digest.js";

const PLANS_NAMED = 5;
const NOTICES_NAMED = 5;

/** How the rollout stands now, compared with the digest before. @throws Fault when policy or directory cannot be read */
export async function makeDigest(ports: Ports, rules: Rules, day: string): Promise<Digest> {
  const { tenantId } = rules;
  const status = await readStatus(ports, rules);
  const models = await modelsReport(ports, rules);
  const { scanned, drift, waiting } = status;
  const plans: readonly PlanSummary[] = waiting.slice(0, PLANS_NAMED).map(summaryOf);
  const { isOn } = await ports.digests.isOn(tenantId);
  return {
    tenantId,
    day,
    at: ports.clock.now().toISOString(),
    isOn,
    ...(scanned === undefined
      ? {}
      : {
          scanned: {
            startedAt: scanned.inventory.startedAt,
            isComplete: isComplete(scanned.inventory),
            adoption: scanned.adoption,
          },
        }),
    ...(await comparedWith(ports, day, scanned?.inventory.startedAt, rules)),
    blocked: blockedIn(status.doorstep),
    open: { count: waiting.length, plans },
    ...(drift === undefined ? {} : { drift: { number: drift.number, foundAt: drift.foundAt } }),
    ...(models.kind === "no-scan"
      ? {}
      : {
          models: {
            inUse: models.inUse.length,
            unused: models.unused.length,
            warned: models.inUse.filter(({ model }) => model.warnings.length > 0).length,
          },
        }),
    notices: (await ports.modelNotices.open(tenantId, NOTICES_NAMED)).map(
      ({ id, about, models: noticed, foundAt }) => ({ id, about, models: noticed, foundAt }),
    ),
  };
}

function blockedIn(doorstep: Doorstep): NonNullable<Digest["blocked"]> {
  if (doorstep.kind === "blocked") return doorstep.people;
  return doorstep.kind === "none" ? 0 : doorstep.kind;
}

/** The digest before, where a newer scan was made since: by the same one there would be nothing to compare. */
async function comparedWith(
  { digests }: Pick<Ports, "digests">,
  day: string,
  scannedAt: string | undefined,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<Pick<Digest, "before">> {
  const last = await digests.latest(tenantId);
  if (last?.scanned === undefined || last.day >= day || scannedAt === undefined) return {};
  if (last.scanned.startedAt >= scannedAt) return {};
  return { before: { at: last.at, withPasskey: last.scanned.adoption.withPasskey } };
}
