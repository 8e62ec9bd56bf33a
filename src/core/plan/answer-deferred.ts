import { Fault, type Refusal, refuse } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import type { ScanEnd } from "../scan/scanner.js";
import type { DeferredChange } from "../stores.js";
import { proposeDeferred } from "./propose-change.js";
import { reviseOnScan } from "./revise-plan.js";

/**
 * A scan has ended: each change that waited for it becomes a plan, or its requester is told why not. There is one plan
 * for each, also when a crash comes in between.
 */
export async function answerDeferred(ports: Ports, rules: Rules, end: ScanEnd): Promise<void> {
  for (const waiting of await ports.deferred.all(rules.tenantId)) {
    try {
      await answer(ports, rules, waiting, end);
    } catch (error) {
      ports.log.warn("waiting-change-failed", { kind: waiting.kind, error });
      await ports.announcer.changeFailed(waiting, error);
      await ports.deferred.remove(waiting.id);
    }
  }
}

/**
 * Goes on with a scan that was interrupted. Where none is under way and something still waits, because the process
 * stopped between the end of a scan and its answers, another one is started.
 */
export async function resumeScans(ports: Ports, rules: Rules): Promise<void> {
  if ((await ports.scanner.resume()) === "busy") return;
  if ((await ports.deferred.all(rules.tenantId)).length === 0) return;
  // Another process may be about to answer; only what is left when it is done needs a scan.
  if (!(await ports.replicas.claim("scan"))) return;
  const [first] = await ports.deferred.all(rules.tenantId);
  if (first === undefined) return ports.replicas.release("scan");
  const { person, conversation } = first;
  await ports.scanner.ask({ person, conversation, shows: "when-slow" });
}

async function answer(ports: Ports, rules: Rules, waiting: DeferredChange, end: ScanEnd): Promise<void> {
  switch (end.kind) {
    case "finished":
      return propose(ports, rules, waiting, end.inventory);
    case "cancelled":
      return say(ports, waiting, refuse({ code: "scan-cancelled", by: end.by }));
    case "failed":
      await ports.announcer.changeFailed(waiting, new Fault(end.fault, end.why));
      return ports.deferred.remove(waiting.id);
  }
}

async function propose(
  ports: Ports,
  rules: Rules,
  waiting: DeferredChange,
  inventory: Inventory,
): Promise<void> {
  if (waiting.kind === "revise") {
    const revised = await reviseOnScan(ports, rules, waiting, inventory);
    return "kind" in revised ? say(ports, waiting, revised) : ports.deferred.remove(waiting.id);
  }
  const made = await proposeDeferred(ports, rules, waiting, inventory);
  if (made !== undefined && "kind" in made) await say(ports, waiting, made);
}

async function say(ports: Ports, waiting: DeferredChange, refusal: Refusal): Promise<void> {
  await ports.announcer.changeRefused(waiting, refusal);
  await ports.deferred.remove(waiting.id);
}
