import type { PersonId } from "../../core/person.js";
import { isRequester, type Plan } from "../../core/plan/plan.js";
import { code, plain } from "./card-text.js";

/** Why what this person asked for becomes no plan of its own. */
export function thereAlready(plan: Plan, asker: PersonId): string {
  const { number, requester, state } = plan;
  const name = plain(requester.name);
  const what = `Plan #${number}, which ${name} asked for, is this very change`;
  if (state.kind !== "waiting")
    return `${what}, so no second one was made. Its card in this conversation shows what became of it.`;
  const takeBack = isRequester(plan, asker)
    ? `say ${code(`cancel ${number}`)} to take it back.`
    : `${name} or an approver can take it back with ${code(`cancel ${number}`)}.`;
  return `${what} and waits for approval, so no second one was made. Its card is in this conversation; ${takeBack}`;
}
