import { settleOpenPlan } from "../apply/settle-open-plans.js";
import type { Shown } from "../audit/shown-digest.js";
import { Fault, type Refusal, refuse } from "../errors.js";
import { describeGroups } from "../impact/describe-groups.js";
import { listedModels, nameModels, warnOfModels } from "../impact/names.js";
import { type StandingFact, standingFacts } from "../impact/warnings.js";
import type { Instant } from "../person.js";
import type { Plan } from "../plan/plan.js";
import { refuseOtherPlan } from "../plan/plan-digest.js";
import { policyBytes } from "../policy/comparable-policy.js";
import type { NamedGroups } from "../policy/group.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import type { Ports, Rules } from "../ports.js";
import { type EmergencyReport, reportEmergency } from "./emergency-report.js";

/** Today's policy with the names that make it readable. */
export interface PolicyReport extends NamedGroups {
  readonly policy: Policy;
  readonly modelNames: Readonly<Record<string, string>>;
  /** Models on its lists that the FIDO metadata warns of. */
  readonly modelWarnings: Readonly<Record<string, string>>;
  /** What it costs or leaves open as it is. */
  readonly facts: readonly StandingFact[];
  readonly readAt: Instant;
  /** Absent where the installation names no emergency account. */
  readonly emergency?: EmergencyReport;
}

/** @throws Fault when the policy cannot be read */
export async function describePolicy(ports: Ports, rules: Rules): Promise<PolicyReport> {
  const [read, emergency] = await Promise.all([ports.tenant.readPolicy(), reportEmergency(ports, rules)]);
  const policy = parsePolicy(read);
  const hints = new Map(listedModels(policy).map((aaguid) => [aaguid, undefined]));
  const modelWarnings = warnOfModels(ports, hints);
  return {
    policy,
    modelNames: nameModels(ports, hints),
    modelWarnings,
    facts: standingFacts(policy, { modelWarnings, bytes: policyBytes(policy.raw) }),
    ...(await describeGroups(ports, { policies: [policy] })),
    readAt: ports.clock.now().toISOString(),
    ...(emergency === undefined ? {} : { emergency }),
  };
}

/**
 * The plan as it stands; one whose outcome is unknown is looked up first.
 * @param shown by the card whose button was pressed: one of another plan does not turn into this one
 */
export async function viewPlan(
  ports: Ports,
  rules: Rules,
  planNumber: number,
  shown?: Shown,
): Promise<Plan | Refusal> {
  const plan = await ports.plans.find(rules.tenantId, planNumber);
  if (!plan) return refuse({ code: "unknown-plan", planNumber });
  const other = shown && refuseOtherPlan(plan, shown);
  if (other) return other;
  try {
    return await settleOpenPlan(ports, plan);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("plan-not-settled", { plan: plan.number, code: error.code });
    return plan;
  }
}

/** Plans that wait for a decision or an outcome, oldest first. */
export async function pendingPlans(ports: Ports, rules: Rules): Promise<readonly Plan[]> {
  const now = ports.clock.now().toISOString();
  const open = await ports.plans.open(rules.tenantId);
  return open.filter((plan) => plan.state.kind !== "waiting" || plan.expiresAt > now);
}
