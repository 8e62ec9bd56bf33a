import { whyNotApprover } from "../../access/standing.js";
import { Fault } from "../../errors.js";
import type { PersonId } from "../../person.js";
import { isRequester, type Plan } from "../../plan/plan.js";
import type { Ports, Rules } from "../../ports.js";

/** What of the open plans is one person's business. */
export interface WaitsFor {
  /** Plans that wait for a decision this person may take and has not taken. */
  readonly toDecide: readonly Plan[];
  /** Plans that this person asked for. */
  readonly asked: readonly Plan[];
}

/** Whether the person may approve is a matter of the button, which asks again: not being able to tell hides the hint only. */
export async function waitsFor(
  ports: Pick<Ports, "directory" | "log">,
  rules: Rules,
  open: readonly Plan[],
  person: PersonId,
): Promise<WaitsFor> {
  const asked = open.filter((plan) => isRequester(plan, person));
  const others = open.filter((plan) => rules.allowSelfApproval || !isRequester(plan, person));
  const undecided = others.filter(({ state, approvals, revision }) => {
    const isDecided = approvals.some((each) => each.by.id === person && each.revision === revision);
    return state.kind === "waiting" && !isDecided;
  });
  if (undecided.length === 0) return { toDecide: [], asked };
  try {
    const refusal = await whyNotApprover(ports, rules, person);
    return { toDecide: refusal === undefined ? undecided : [], asked };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("approver-check-failed", { code: error.code });
    return { toDecide: [], asked };
  }
}
