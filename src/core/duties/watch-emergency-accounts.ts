import { type EmergencyProblem, findEmergencyPeople } from "../access/emergency-people.js";
import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import { emergencyAttention, emergencyNotLookedUp } from "../words/emergency-words.js";

const DAY_MS = 24 * 60 * 60_000;
const SUBJECT = "emergency accounts";

/**
 * Looks up whom `EMERGENCY_ACCOUNTS` names, at once and then once a day, so that a wrong digit or a deleted account is
 * known before a plan is refused for it. Each process does, because each has a configuration of its own.
 * @returns what is to be called every few minutes: while something is wrong it looks each time
 */
export function watchEmergencyAccounts(
  ports: Pick<Ports, "directory" | "clock" | "log" | "attention">,
  rules: Pick<Rules, "emergencyAccounts">,
): () => Promise<void> {
  let wellAt: number | undefined;
  let known: readonly EmergencyProblem[] = [];
  return async () => {
    if (rules.emergencyAccounts.length === 0) return;
    const now = ports.clock.elapsed();
    if (wellAt !== undefined && now - wellAt < DAY_MS) return;
    try {
      const { people, problems } = await findEmergencyPeople(ports, rules);
      known = problems;
      ports.attention.about(SUBJECT, emergencyAttention(problems));
      wellAt = problems.length === 0 ? now : undefined;
      if (wellAt !== undefined) ports.log.info("emergency-accounts-looked-up", { people: people.length });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      wellAt = undefined;
      ports.attention.about(SUBJECT, [...emergencyAttention(known), emergencyNotLookedUp(error.code)]);
    }
  };
}
