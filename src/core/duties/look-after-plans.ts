import { settleOpenPlans } from "../apply/settle-open-plans.js";
import { recheckAltered } from "../plan/recorded/recheck-altered.js";
import type { Ports, Rules } from "../ports.js";
import { announceAgain } from "./announce-again.js";
import { retainHead } from "./retain-head.js";
import { tellFigures } from "./tell-figures.js";
import { warnBeforeExpiry } from "./warn-before-expiry.js";

/** So often what Teams did not take is shown again. */
const SHOWN_EVERY_MS = 3_600_000;

/** Teams delivers a message again within minutes. */
const MESSAGES_KEPT_MS = 3 * 24 * 3_600_000;

/**
 * What the process that holds the duty "plans" does again and again. A process that gets the duty, or has it when
 * another one ends, shows what may not have been shown any more there; and every now and then what Teams did not take.
 * @param goneCount a number that grows whenever another process was found gone
 */
export function lookAfterPlans(ports: Ports, rules: Rules, goneCount: () => number): () => Promise<void> {
  /** The count up to which everything was shown, and when; undefined: the duty is new here. */
  let shown: { readonly upTo: number; readonly at: number } | undefined;
  const retain = retainHead(ports, rules);
  const warn = warnBeforeExpiry(ports, rules);
  return async () => {
    // Of every process: each says of itself what it found.
    await recheckAltered(ports, rules);
    if (!(await ports.replicas.claim("plans"))) {
      shown = undefined;
      ports.metrics.tenantFigures(undefined);
      return;
    }
    const now = { upTo: goneCount(), at: ports.clock.elapsed() };
    if (shown?.upTo !== now.upTo || now.at - shown.at >= SHOWN_EVERY_MS) {
      await announceAgain(ports, rules);
      await forgetMessages(ports, rules);
      shown = now;
    }
    await retain();
    await settleOpenPlans(ports, rules);
    await warn();
    await tellFigures(ports, rules);
  };
}

async function forgetMessages({ takenMessages, clock }: Ports, { tenantId }: Rules): Promise<void> {
  const before = new Date(clock.now().getTime() - MESSAGES_KEPT_MS).toISOString();
  await takenMessages.forget(tenantId, before);
}
