import { type EmergencyProblem, findEmergencyPeople } from "../access/emergency-people.js";
import { Fault } from "../errors.js";
import { asJson, canonicalJson } from "../json.js";
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
  /** When all was well, and with which ids: other processes may name more. */
  let well: { readonly at: number; readonly ids: string } | undefined;
  let known: readonly EmergencyProblem[] = [];
  return async () => {
    const now = ports.clock.elapsed();
    const ids = [...rules.emergencyAccounts].sort().join();
    if (well?.ids === ids && now - well.at < DAY_MS) return;
    try {
      const { people, problems } = await findEmergencyPeople(ports, rules);
      if (problems.length > 0 && !isSame(problems, known))
        ports.log.warn("emergency-accounts-uncertain", { problems });
      known = problems;
      ports.attention.about(SUBJECT, emergencyAttention(problems));
      well = problems.length === 0 ? { at: now, ids } : undefined;
      if (well !== undefined && ids !== "")
        ports.log.info("emergency-accounts-looked-up", { people: people.length });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      well = undefined;
      ports.attention.about(SUBJECT, [...emergencyAttention(known), emergencyNotLookedUp(error.code)]);
    }
  };
}

function isSame(some: readonly EmergencyProblem[], others: readonly EmergencyProblem[]): boolean {
  return canonicalJson(asJson(some)) === canonicalJson(asJson(others));
}
