import { type Refusal, refuse } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import type { Plan } from "./plan.js";

/** A button that was pressed. The person is the verified sender, never what the payload says. */
export interface Click {
  readonly planNumber: number;
  readonly revision: number;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** The plan a click is about, if it can still be decided in this revision. @throws Fault */
export async function findDecidable(
  ports: Pick<Ports, "plans" | "clock">,
  rules: Rules,
  click: Pick<Click, "planNumber"> & { readonly revision?: number },
): Promise<Plan | Refusal> {
  const plan = await ports.plans.find(rules.tenantId, click.planNumber);
  if (!plan) return refuse({ code: "unknown-plan", planNumber: click.planNumber });
  const closed = refuseClosed(plan, ports.clock.now());
  if (closed) return closed;
  if (click.revision !== undefined && click.revision !== plan.revision) {
    return refuse({ code: "stale-revision", planNumber: plan.number, revision: plan.revision });
  }
  return plan;
}

/** Why this plan can no longer be decided; undefined while it is waiting and in time. */
export function refuseClosed(plan: Plan, now: Date): Refusal | undefined {
  const { state, number: planNumber } = plan;
  switch (state.kind) {
    case "waiting":
      return now.toISOString() >= plan.expiresAt
        ? refuse({ code: "plan-expired", planNumber, at: plan.expiresAt })
        : undefined;
    case "applying":
    case "unknown":
      return refuse({ code: "being-applied", planNumber, by: state.by });
    case "expired":
      return refuse({ code: "plan-expired", planNumber, at: state.at });
    case "superseded":
      return refuse({ code: "already-decided", planNumber, state: state.kind });
    default:
      return refuse({ code: "already-decided", planNumber, state: state.kind, by: state.by });
  }
}

/** A scan from further in the future than this was made by a clock that was wrong. */
const SCAN_CLOCK_DIFFERS_MS = 60_000;

/** A plan that narrows rests on its scan: it has to be complete, and what happened since it began not too long. */
export function refuseScan(plan: Plan, rules: Rules, now: Date): Refusal | undefined {
  const { narrows, coverage } = plan.proposal.impact;
  if (!narrows) return undefined;
  const planNumber = plan.number;
  if (!coverage.complete) return refuse({ code: "scan-needed", planNumber, why: "incomplete" });
  const age = now.getTime() - Date.parse(coverage.from);
  // Asked this way round, so that an age that is no number counts as too old.
  const fresh = age >= -SCAN_CLOCK_DIFFERS_MS && age <= rules.scanMaxAgeHours * 3_600_000;
  return fresh ? undefined : refuse({ code: "scan-needed", planNumber, why: "too-old" });
}
