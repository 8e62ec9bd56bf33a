import type { TakenBack } from "../policy/intent.js";

/** "plan #12", "drift 3". */
export function takenBackWords(of: TakenBack): string {
  return of.kind === "plan" ? `plan #${of.planNumber}` : `drift ${of.driftNumber}`;
}
