import type { AuditEntry, AuditRecord } from "../audit/record.js";
import { type Refusal, refuse } from "../errors.js";
import type { JsonObject } from "../json.js";
import { countChange } from "../plan/count-change.js";
import type { Approval, Plan } from "../plan/plan.js";
import { planEntry } from "../plan/plan-entry.js";
import { refuseAltered } from "../plan/recorded/refuse-altered.js";
import { move } from "../plan/transition.js";
import { patchBody } from "../policy/patch-body.js";
import type { Ports } from "../ports.js";
import { type Approving, approvedEntry } from "./approving.js";

/** What is about to be sent, on record. */
export interface Intended {
  readonly kind: "intended";
  /** In state applying. */
  readonly plan: Plan;
  readonly body: JsonObject;
  /** The first of the records that were stored with it. */
  readonly intent: AuditRecord;
}

interface Intending {
  readonly approving: Approving;
  readonly approvals: readonly Approval[];
  /** Ids of the requests that this press has in hand: that of this one is added. */
  readonly held: string[];
}

/**
 * Records the intent before the write, in the transaction that locks the plan, with the approval where it is the first:
 * without the record there is no write.
 * @param plan as it waits for approval, or for Graph
 */
export async function intend(
  ports: Ports,
  plan: Plan,
  { approving, approvals, held }: Intending,
): Promise<Intended | Refusal | "overtaken"> {
  const { click } = approving;
  const at = ports.clock.now().toISOString();
  const clientRequestId = ports.clock.newId();
  const body = patchBody(plan.proposal.before, plan.proposal.after);
  const { self: replica } = ports.replicas;
  const state = { kind: "applying", by: click.person, at, clientRequestId, replica } as const;
  held.push(clientRequestId);
  ports.inHand.add(clientRequestId);
  const intent: AuditEntry = planEntry(plan, "write-intended", at, {
    by: click.person,
    conversation: click.conversation,
    detail: { clientRequestId, body, fingerprint: plan.proposal.fingerprint },
  });
  const isFirst = plan.state.kind === "waiting";
  const stored = await ports.plans.replace(
    move(plan, state, { approvals }),
    isFirst ? [approvedEntry(ports, plan, approving), intent] : [intent],
  );
  if (stored.kind === "busy") return refuse({ code: "tenant-busy", planNumber: plan.number });
  if (stored.kind === "altered") return refuseAltered(ports, plan, stored.why);
  if (stored.kind === "conflict") return "overtaken";
  countChange(ports, plan, stored.plan);
  // Not awaited: people may see "applying", but the write does not wait for Teams. The announcer never rejects.
  void ports.announcer.planChanged(stored.plan);
  const [record] = stored.records;
  if (record === undefined) throw new Error("an intent was stored without its record");
  return { kind: "intended", plan: stored.plan, body, intent: record };
}
