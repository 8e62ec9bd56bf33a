import { Fault } from "../errors.js";
import { answerDeferred } from "../plan/answer-deferred.js";
import type { Ports, Rules } from "../ports.js";
import type { ScanEnd } from "../scan/scanner.js";

/** A scan has ended: what it means for the next one that Latchkey begins, and for the changes that waited for it. */
export async function afterScan(ports: Ports, rules: Rules, end: ScanEnd): Promise<void> {
  ports.metrics.scanEnded(end.scan.begunBy ?? "person", end.kind);
  try {
    await noteForOwnScan(ports, end);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Then it is tried sooner than it should be, once.
    ports.log.warn("own-scan-end-not-noted", { code: error.code });
  }
  await answerDeferred(ports, rules, end);
}

async function noteForOwnScan({ ownScans, clock, log }: Ports, end: ScanEnd): Promise<void> {
  const { tenantId, begunBy } = end.scan;
  const at = clock.now().toISOString();
  const before = await ownScans.pause(tenantId);
  switch (end.kind) {
    case "finished":
      if (before !== undefined) await ownScans.goOn(tenantId);
      return;
    case "cancelled":
      return ownScans.wait({ tenantId, at, kind: "cancelled" });
    case "failed": {
      if (begunBy === undefined) return;
      const times = before?.kind === "failed" ? before.times + 1 : 1;
      log.warn("own-scan-failed", { code: end.fault, times });
      return ownScans.wait({ tenantId, at, kind: "failed", fault: end.fault, times });
    }
  }
}
