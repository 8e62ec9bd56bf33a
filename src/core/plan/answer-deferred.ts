import { Fault, type Refusal, refuse } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import type { ScanEnd } from "../scan/scanner.js";
import type { DeferredChange } from "../stores.js";
import { proposeDeferred } from "./propose-change.js";
import { answeredEntry } from "./recorded/asked-entry.js";
import { refuseAlteredRequest } from "./recorded/refuse-altered-request.js";
import { reviseOnScan } from "./revise-plan.js";

/**
 * A scan has ended: each change that waited for it becomes a plan, or its requester is told why not. There is one plan
 * for each, also when a crash comes in between.
 */
export async function answerDeferred(ports: Ports, rules: Rules, end: ScanEnd): Promise<void> {
  for (const deferred of await ports.deferred.all(rules.tenantId)) {
    try {
      await answer(ports, rules, deferred, end);
    } catch (error) {
      ports.log.warn("waiting-change-failed", { kind: deferred.kind, error });
      await ports.announcer.changeFailed(deferred, error);
      const why = error instanceof Fault ? error.code : "mistake";
      await putAway(ports, deferred, { answer: "failed", why });
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

async function answer(ports: Ports, rules: Rules, deferred: DeferredChange, end: ScanEnd): Promise<void> {
  switch (end.kind) {
    case "finished":
      return propose(ports, rules, deferred, end.inventory);
    case "cancelled":
      return say(ports, deferred, refuse({ code: "scan-cancelled", by: end.by }));
    case "failed":
      await ports.announcer.changeFailed(deferred, new Fault(end.fault, end.why));
      return putAway(ports, deferred, { answer: "failed", why: end.fault });
  }
}

async function propose(
  ports: Ports,
  rules: Rules,
  deferred: DeferredChange,
  inventory: Inventory,
): Promise<void> {
  const altered = await refuseAlteredRequest(ports, deferred);
  if (altered) return say(ports, deferred, altered);
  if (deferred.kind === "revise") {
    const revised = await reviseOnScan(ports, rules, deferred, inventory);
    if ("kind" in revised) return say(ports, deferred, revised);
    return putAway(ports, deferred, { answer: "revised", plan: revised.number });
  }
  const made = await proposeDeferred(ports, rules, deferred, inventory);
  if (made === undefined || !("kind" in made)) return;
  if (made.kind === "refusal") return say(ports, deferred, made);
  await ports.announcer.changeThere(deferred, made.plan);
  await putAway(ports, deferred, { answer: "there", plan: made.plan.number });
}

async function say(ports: Ports, deferred: DeferredChange, refusal: Refusal): Promise<void> {
  await ports.announcer.changeRefused(deferred, refusal);
  // What was altered may name a record that is not its own, and is refused for good in any case.
  if (refusal.code === "request-altered") return ports.deferred.remove(deferred.id);
  await putAway(ports, deferred, { answer: "refused", why: refusal.code });
}

/**
 * It was answered, and that is recorded: else it could be put back into the store and become a plan after all, in the name
 * of the person who was told no.
 */
async function putAway(ports: Ports, deferred: DeferredChange, answer: JsonObject): Promise<void> {
  const entry = answeredEntry(deferred, ports.clock.now().toISOString(), answer);
  try {
    await ports.deferred.remove(deferred.id, entry);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // To leave it there would tell the person again and again.
    ports.log.warn("answer-not-recorded", { kind: deferred.kind, code: error.code });
    await ports.deferred.remove(deferred.id);
  }
}
