import type { Restored } from "../storage/restored.js";

/** What was made of a restored store, for the operator. */
export function restoredWords(tenants: readonly Restored[]): string {
  const said =
    tenants.length === 0 ? "There is nothing here yet: it is a new store." : tenants.map(words).join("\n");
  return `${said}\nNote the head of the record now (npm run audit -- verify), then start the bot.\n`;
}

/** Whether something in it is not as its record has it. */
export function isAltered(tenants: readonly Restored[]): boolean {
  return tenants.some(({ altered, watchAltered }) => altered.length > 0 || watchAltered);
}

const numbers = (plans: readonly number[]): string => plans.map((number) => `#${number}`).join(", ");

function dropped({ requests, askers }: Restored["dropped"]): string {
  const what = requests === 1 ? "1 request" : `${requests} requests`;
  const whose = askers.length === 0 ? "" : ` (${askers.join(", ")})`;
  return `  Dropped, because it may have been answered since the backup: ${what} that waited for a scan${whose}. Who still wants it asks again.`;
}

function words({ tenantId, nextPlan, nextDrift, ended, altered, ...watch }: Restored): string {
  const lines = [
    `Tenant ${tenantId}: a new installation. The next plan is #${nextPlan}, the next drift ${nextDrift}.`,
    ended.length === 0
      ? "  No plan was open."
      : `  Ended, because they may have been decided since the backup: ${numbers(ended)}.`,
    ...(watch.dropped.requests === 0 ? [] : [dropped(watch.dropped)]),
    ...(watch.openDrift === undefined
      ? []
      : [`  Drift ${watch.openDrift} goes on; its cards of before decide nothing.`]),
    ...(watch.watchAltered
      ? ["  A drift, or what the policy is compared with, was left as it is. Run: npm run audit -- verify"]
      : []),
    ...(altered.length === 0
      ? []
      : [
          `  Not as their record has them, and left as they are: ${numbers(altered)}. Run: npm run audit -- verify`,
        ]),
  ];
  return lines.join("\n");
}
