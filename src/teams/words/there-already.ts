import type { Plan } from "../../core/plan/plan.js";
import { code, plain } from "./card-text.js";

/** Why what was asked for becomes no plan of its own. */
export function thereAlready({ number, requester, state }: Plan): string {
  const what = `Plan #${number}, which ${plain(requester.name)} asked for, is this very change`;
  return state.kind === "waiting"
    ? `${what} and waits for approval, so no second one was made. Its card is in this conversation; say ${code(`cancel ${number}`)} to take it back.`
    : `${what}, so no second one was made. Its card in this conversation shows what became of it.`;
}
