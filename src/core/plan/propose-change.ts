import { proposalDetail } from "../audit/plan-detail.js";
import type { ChangeCommand } from "../command/command.js";
import type { Refusal } from "../errors.js";
import { scanTenant } from "../inventory/scan-tenant.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import { makeProposal } from "./make-proposal.js";
import type { Plan } from "./plan.js";
import { resolveIntent } from "./resolve-intent.js";

export interface ChangeRequest {
  readonly command: ChangeCommand;
  /** The text as the person wrote it. */
  readonly typed: string;
  readonly requester: Person;
  readonly conversation: ConversationId;
}

/**
 * Makes a plan of a change and shows it; nothing is written to the tenant.
 * @returns the stored plan, or why there is none
 * @throws Fault when the tenant cannot be read well enough to propose anything
 */
export async function proposeChange(
  ports: Ports,
  rules: Rules,
  request: ChangeRequest,
): Promise<Plan | Refusal> {
  const intent = await resolveIntent(ports, request.command);
  if (intent.kind === "refusal") return intent;
  const inventory = await scanTenant(ports, rules);
  // Read after the scan, which may take long, so that the diff is against the policy as it is now.
  const policy = await ports.tenant.readPolicy();
  const proposal = await makeProposal(ports, rules, { intent, policy, inventory });
  if ("kind" in proposal) return proposal;

  const now = ports.clock.now();
  const createdAt = now.toISOString();
  const plan = await ports.plans.create(
    {
      tenantId: rules.tenantId,
      revision: 1,
      command: request.typed,
      intent,
      requester: request.requester,
      conversation: request.conversation,
      createdAt,
      expiresAt: new Date(now.getTime() + rules.planTtlMinutes * 60_000).toISOString(),
      proposal,
      approvals: [],
      approvalsRequired: rules.approvalsRequired,
      state: { kind: "waiting" },
    },
    [
      {
        tenantId: rules.tenantId,
        at: createdAt,
        event: "plan-proposed",
        by: request.requester,
        conversation: request.conversation,
        revision: 1,
        detail: { command: request.typed, ...proposalDetail(proposal) },
      },
    ],
  );
  await ports.announcer.planChanged(plan);
  return plan;
}
