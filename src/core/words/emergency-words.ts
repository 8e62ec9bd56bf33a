import { EMERGENCY_PEOPLE_AT_MOST, type EmergencyProblem } from "../access/emergency-people.js";
import type { FaultCode } from "../errors.js";
import { number } from "./amounts.js";

/** What becomes of plans while it is not certain whom the installation protects. */
export const NARROWING_REFUSED = "Until then every plan that could take a passkey from a person is refused.";

/** What is wrong with an id, without a full stop. @param shown how the id is written where this is said */
export function emergencyProblemWords(problem: EmergencyProblem, shown: (id: string) => string): string {
  const id = shown(problem.id);
  switch (problem.why) {
    case "unknown":
      return `${id} is neither a user nor a group of this tenant, or was deleted`;
    case "empty":
      return `${id} is a group with nobody in it, as far as Latchkey's app may see`;
    case "too-many":
      return `${id} is a group of ${number(problem.people)} people, and no more than ${EMERGENCY_PEOPLE_AT_MOST} can be emergency accounts`;
  }
}

/** For the operator: each problem a sentence, with what follows from it. Who reads it need not be signed in, so no id is in it. */
export function emergencyAttention(problems: readonly EmergencyProblem[]): readonly string[] {
  return problems.map((problem) => {
    const what = emergencyProblemWords(problem, () => "one of its ids");
    return `EMERGENCY_ACCOUNTS: ${what}. Mend it: the log says which (emergency-accounts-uncertain). ${NARROWING_REFUSED}`;
  });
}

/** The same when Graph did not say whether they are there. */
export function emergencyNotLookedUp(code: FaultCode): string {
  return `EMERGENCY_ACCOUNTS could not be looked up (${code}), which is tried again every few minutes. ${NARROWING_REFUSED}`;
}
