import type { AuditEvent } from "../audit/record.js";
import { refuseAlteredWatch } from "../drift/recorded/refuse-altered-watch.js";
import { Fault, type Refusal } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports } from "../ports.js";
import type { Rebase } from "../stores/plan-store.js";
import { countChange } from "./count-change.js";
import type { Plan } from "./plan.js";
import { planEntry } from "./plan-entry.js";
import { refuseAltered } from "./recorded/refuse-altered.js";

/** A change of a plan and its record, which are stored together. */
export interface Outcome {
  /** Made of the plan as it is at that moment. */
  readonly change: (current: Plan) => Plan;
  readonly event: AuditEvent;
  readonly detail: JsonObject;
  /** Who asked for it, and where. Left out: the person whose write it is about, where they approved. */
  readonly asked?: { readonly by: Person; readonly conversation: ConversationId };
  /** For a plan that is applied: what becomes of baseline and open drift. */
  readonly rebase?: Rebase;
}

/**
 * Stores the outcome of a write with its record and shows it. Another process may have settled the plan meanwhile: then
 * what it stored stays, and is returned.
 * @throws Fault among others `store-altered`, when the plan in the store is not what was recorded
 */
export async function store(ports: Ports, plan: Plan, outcome: Outcome): Promise<Plan> {
  const stored = await tryToStore(ports, plan, outcome);
  // What was sent is not forgotten: the log has the ids, and the plan in the store stays as evidence of the edit.
  if (stored !== "overtaken" && "kind" in stored)
    throw new Fault("store-altered", `Plan #${plan.number} in the store is not what was recorded.`);
  if (stored !== "overtaken") return stored;
  const newest = (await ports.plans.find(plan.tenantId, plan.number)) ?? plan;
  if (isOursStill(ports, plan, newest)) return store(ports, newest, outcome);
  const { event } = outcome;
  ports.log.warn("outcome-already-stored", { plan: plan.number, event, outcome: newest.state.kind });
  return newest;
}

/** The same once, for a plan that another decision may have changed rightly. */
export async function tryToStore(
  ports: Ports,
  plan: Plan,
  { change, event, detail, asked, rebase }: Outcome,
): Promise<Plan | Refusal | "overtaken"> {
  const about = { ...(asked ?? whoseWrite(plan)), detail: { ...writeIds(plan), ...detail } };
  const record = planEntry(plan, event, ports.clock.now().toISOString(), about);
  const stored = await ports.plans.replace(change(plan), [record], rebase);
  if (stored.kind === "altered") return refuseAltered(ports, plan, stored.why);
  if (stored.kind !== "replaced") return "overtaken";
  countChange(ports, plan, stored.plan);
  const { requestId = null, clientRequestId = null } = about.detail;
  const { number, revision } = stored.plan;
  ports.log.info(event, { plan: number, revision, requestId, clientRequestId });
  await ports.announcer.planChanged(stored.plan);
  if (stored.altered !== undefined) refuseAlteredWatch(ports, stored.altered);
  if (stored.drift !== undefined) await ports.announcer.driftChanged(stored.drift);
  return stored.plan;
}

function whoseWrite({ state, approvals }: Plan): {
  readonly by?: Person;
  readonly conversation?: ConversationId;
} {
  if (!("by" in state) || state.by === undefined) return {};
  const { by } = state;
  const where = approvals.findLast((approval) => approval.by.id === by.id)?.conversation;
  return { by, ...(where === undefined ? {} : { conversation: where }) };
}

/** Our id of the request the outcome is about, whether it arrived or not. */
function writeIds({ state }: Plan): JsonObject {
  return "clientRequestId" in state ? { clientRequestId: state.clientRequestId } : {};
}

/** Another process took this one for gone and does not know what became of the write. This one does. */
function isOursStill({ inHand }: Pick<Ports, "inHand">, plan: Plan, newest: Plan): boolean {
  if (plan.state.kind !== "applying" && plan.state.kind !== "unknown") return false;
  const { clientRequestId } = plan.state;
  if (newest.state.kind !== "unknown" || newest.state.clientRequestId !== clientRequestId) return false;
  return newest.version !== plan.version && inHand.has(clientRequestId);
}
