import { type EmergencyProblem, findEmergencyPeople } from "../access/emergency-people.js";
import { Fault, type FaultCode } from "../errors.js";
import type { Ports, Rules } from "../ports.js";

/** Whom the installation protects, as far as it can be told at this moment. */
export type EmergencyReport =
  | {
      readonly kind: "looked-up";
      readonly people: number;
      readonly problems: readonly EmergencyProblem[];
    }
  /** Graph did not say. */
  | { readonly kind: "not-looked-up"; readonly fault: FaultCode };

/** undefined: the installation names none. Not being able to read them is told, not thrown: the policy is shown anyway. */
export async function reportEmergency(
  ports: Pick<Ports, "directory">,
  rules: Pick<Rules, "emergencyAccounts">,
): Promise<EmergencyReport | undefined> {
  if (rules.emergencyAccounts.length === 0) return undefined;
  try {
    const { people, problems } = await findEmergencyPeople(ports, rules);
    return { kind: "looked-up", people: people.length, problems };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { kind: "not-looked-up", fault: error.code };
  }
}
