import { asStrictAs } from "../access/strictest-rules.js";
import { Fault, type Refusal, refuse } from "../errors.js";
import { peopleOf } from "../impact/use-inventory.js";
import type { JsonObject } from "../json.js";
import type { Instant } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import { type Inventory, isComplete } from "../scan/inventory.js";
import type { DeferredChange } from "../stores.js";
import { laxerRules } from "./laxer-rules.js";
import { makeProposal } from "./make-proposal.js";
import { refuseClosed, refuseScan } from "./open-plan.js";
import type { Plan, PlanNote } from "./plan.js";
import { proposalDetail, termsDetail } from "./plan-entry.js";
import { refuseAlteredScan } from "./recorded/refuse-altered-scan.js";
import { type Outcome, tryToStore } from "./store-change.js";
import { move } from "./transition.js";

/**
 * A scan was asked for on a waiting plan, and has ended: the same intent on the new scan, and on the policy as it is
 * now, is a new revision, with time to decide on it. A plan that was decided meanwhile, or rests on that scan
 * already, stays as it is; and so does one that can be approved, when the new scan is incomplete. An approval given
 * meanwhile was for what was shown, and is void.
 * @throws Fault when the policy cannot be read
 */
export async function reviseOnScan(
  ports: Ports,
  rules: Rules,
  asked: Pick<DeferredChange, "person" | "conversation"> & { readonly planNumber: number },
  inventory: Inventory,
): Promise<Plan | Refusal> {
  const { planNumber, person: by, conversation } = asked;
  const plan = await ports.plans.find(rules.tenantId, planNumber);
  if (plan === undefined) return refuse({ code: "unknown-plan", planNumber });
  const now = ports.clock.now();
  const closed = refuseClosed(plan, now);
  if (closed) return closed;
  const isBetter = isComplete(inventory) || refuseScan(plan, rules, now) !== undefined;
  if (!isBetter || plan.proposal.impact.coverage.scanId === inventory.scanId) return plan;
  const policy = await ports.tenant.readPolicy();
  const note = { kind: "scanned-anew", at: now.toISOString() } as const;
  const expiresAt = new Date(now.getTime() + rules.planTtlMinutes * 60_000).toISOString();
  const remade = await remake(ports, rules, plan, { policy, inventory, note, expiresAt });
  const stored = await tryToStore(ports, plan, { ...remade, asked: { by, conversation } });
  return stored === "overtaken" ? reviseOnScan(ports, rules, asked, inventory) : stored;
}

/** What the same intent is made anew on. */
export interface Remaking {
  readonly policy: JsonObject;
  readonly inventory: Inventory;
  readonly note: PlanNote;
  /** Until when the new revision may be decided; left out: as the one before. */
  readonly expiresAt?: Instant;
}

/** The same intent made anew, as a change that the caller stores. @throws Fault */
export async function remake(
  ports: Ports,
  rules: Rules,
  plan: Plan,
  { policy, inventory, note, expiresAt = plan.expiresAt }: Remaking,
): Promise<Outcome> {
  const strengths = ports.tenant.readStrengths();
  if (await refuseAlteredScan(ports, rules.tenantId, inventory))
    throw new Fault("store-altered", "The scan in the store is not what was recorded.");
  const people = peopleOf(ports, rules, inventory);
  const { intent, approvalsRequired } = plan;
  // It is held to the rules it was made under, and to those of now.
  const held = plan.rules === undefined ? rules : asStrictAs(rules, [plan.rules]);
  const weakenings = await laxerRules(ports, rules.tenantId, { ...held, approvalsRequired });
  const proposal = await makeProposal(ports, rules, {
    intent,
    policy,
    inventory,
    people,
    weakenings,
    strengths,
  });
  if ("kind" in proposal) throwUncertain(proposal);
  if ("kind" in proposal) return supersede(ports.clock.now().toISOString(), proposal.code);
  const revision = plan.revision + 1;
  return {
    change: (current) => ({
      ...move(current, { kind: "waiting" }, { approvals: [], note }),
      revision,
      proposal,
      expiresAt,
    }),
    event: "plan-revised",
    detail: { revision, ...termsDetail({ ...plan, expiresAt }), ...proposalDetail(proposal) },
  };
}

/** What is not certain about emergency accounts does not end a plan. @throws Fault */
function throwUncertain(refusal: Refusal): void {
  if (refusal.code === "emergency-account-not-read" && refusal.why === "away") {
    throw new Fault("graph-unavailable", "The passkeys of an emergency account could not be read just now.");
  }
  if (refusal.code === "emergency-account-not-read" || refusal.code === "emergency-accounts-unsure") {
    throw new Fault(
      "emergency-accounts-unsure",
      "EMERGENCY_ACCOUNTS names what is not in the tenant, or cannot be read.",
    );
  }
}

function supersede(at: Instant, refusal: string): Outcome {
  const why = refusal === "nothing-to-change" ? "already-in-force" : "no-longer-possible";
  return {
    change: (current) => move(current, { kind: "superseded", at, why }),
    event: "plan-superseded",
    detail: { why, refusal },
  };
}
