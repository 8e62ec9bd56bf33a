import { settleOpenPlans } from "../apply/settle-open-plans.js";
import type { Ports, Rules } from "../ports.js";
import { announceAgain } from "./announce-again.js";
import { retainHead } from "./retain-head.js";

/**
 * What the process that holds the duty "plans" does again and again. Whoever gets the duty, or has it when another
 * process ends, shows what may not have been shown any more there: cards of plans, and how the latest scan ended.
 * @param departures a number that grows whenever another process was found gone
 */
export function lookAfterPlans(ports: Ports, rules: Rules, departures: () => number): () => Promise<void> {
  /** Departures up to which everything was shown; undefined: the duty is new here. */
  let shownUpTo: number | undefined;
  const retain = retainHead(ports, rules);
  return async () => {
    if (!(await ports.replicas.hold("plans"))) {
      shownUpTo = undefined;
      return;
    }
    const now = departures();
    if (shownUpTo !== now) await announceAgain(ports, rules);
    shownUpTo = now;
    await retain();
    await settleOpenPlans(ports, rules);
  };
}
