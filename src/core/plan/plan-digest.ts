import { canBeOf, type Shown, shownDigest } from "../audit/shown-digest.js";
import { type Refusal, refuse } from "../errors.js";
import type { Plan } from "./plan.js";

const known = new WeakMap<Plan, string>();

/** What the plan's card shows, in short: a button that carries it was on a card of this plan as it is now. */
export function planDigest(plan: Plan): string {
  const digest = known.get(plan) ?? compute(plan);
  // A plan is never changed in place, and each of its cards has several buttons.
  known.set(plan, digest);
  return digest;
}

function compute({ tenantId, installation = "", number, ...plan }: Plan): string {
  const { before, after, fingerprint, impact } = plan.proposal;
  return shownDigest(
    { plan: number, tenant: tenantId, installation, requester: plan.requester.id, createdAt: plan.createdAt },
    {
      revision: plan.revision,
      before,
      after,
      fingerprint,
      approvalsRequired: plan.approvalsRequired,
      losing: impact.losing.map(({ id }) => id),
      keepingAnother: impact.keepingAnother.map(({ id }) => id),
    },
  );
}

/** Why the card with this button is not of this plan; undefined: it is, in this revision or in another one. */
export function refuseOtherPlan(plan: Plan, shown: Shown): Refusal | undefined {
  const { number: planNumber, revision } = plan;
  if (canBeOf(shown, { revision, digest: planDigest(plan) })) return undefined;
  return refuse({ code: "other-plan", planNumber });
}
