import type { Shown } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import { isPutOff, type Plan } from "./plan.js";
import { refuseOtherPlan } from "./plan-digest.js";

/** A button that was pressed. The person is the verified sender, never what the payload says. */
export interface Click extends Shown {
  readonly planNumber: number;
  readonly person: Person;
  readonly conversation: ConversationId;
}

/** Which plan is meant, and, where a button was pressed, what its card showed. A number that was typed has shown nothing. */
export type PlanChoice = Pick<Click, "planNumber"> & Partial<Shown>;

/** What the card showed; undefined where none was pressed. */
export function shownOf({ revision, digest }: Partial<Shown>): Shown | undefined {
  return revision === undefined ? undefined : { revision, digest: digest ?? "" };
}

/**
 * The plan that is meant, if it can still be decided as it was shown. A card of another plan is told nothing of this one.
 * @throws Fault
 */
export async function findDecidable(
  ports: Pick<Ports, "plans" | "clock">,
  rules: Rules,
  choice: PlanChoice,
): Promise<Plan | Refusal> {
  return findOpen(ports, rules, choice, (plan) => refuseClosed(plan, ports.clock.now()));
}

/** The same to end it: which may still be done while its write waits for Graph. @throws Fault */
export async function findEndable(
  ports: Pick<Ports, "plans" | "clock">,
  rules: Rules,
  choice: PlanChoice,
): Promise<Plan | Refusal> {
  const whyNot = (plan: Plan) => (isPutOff(plan) ? undefined : refuseClosed(plan, ports.clock.now()));
  return findOpen(ports, rules, choice, whyNot);
}

async function findOpen(
  ports: Pick<Ports, "plans">,
  rules: Rules,
  choice: PlanChoice,
  whyNot: (plan: Plan) => Refusal | undefined,
): Promise<Plan | Refusal> {
  const plan = await ports.plans.find(rules.tenantId, choice.planNumber);
  if (!plan) return refuse({ code: "unknown-plan", planNumber: choice.planNumber });
  const shown = shownOf(choice);
  const other = shown && refuseOtherPlan(plan, shown);
  if (other) return other;
  const closed = whyNot(plan);
  if (closed) return closed;
  if (shown !== undefined && shown.revision !== plan.revision) {
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
      return refuse({
        code: "being-applied",
        planNumber,
        by: state.by,
        ...(isPutOff(plan) ? { isPutOff: true } : {}),
      });
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
export function refuseScan(
  plan: Pick<Plan, "number" | "proposal">,
  rules: Rules,
  now: Date,
): Refusal | undefined {
  const scan = scanBehind(plan, rules, now);
  return scan === "fine" ? undefined : refuse({ code: "scan-needed", planNumber: plan.number, why: scan });
}

/** Whether the scan behind a change bears a decision; that behind one which takes no passkey away always does. */
export function scanBehind(
  { proposal }: Pick<Plan, "proposal">,
  { scanMaxAgeHours }: Pick<Rules, "scanMaxAgeHours">,
  now: Date,
): "fine" | "incomplete" | "too-old" {
  const { narrows, coverage } = proposal.impact;
  if (!narrows) return "fine";
  if (!coverage.complete) return "incomplete";
  const age = now.getTime() - Date.parse(coverage.from);
  // Asked this way round, so that an age that is no number counts as too old.
  const fresh = age >= -SCAN_CLOCK_DIFFERS_MS && age <= scanMaxAgeHours * 3_600_000;
  return fresh ? "fine" : "too-old";
}
