import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import { WINDOW_KEYS, WINDOW_ROLES, type WindowKey } from "./people.js";

export interface GreetingFacts {
  readonly tenant: Pick<SimulatedTenant, "displayName" | "users">;
  readonly windows: Readonly<Record<WindowKey, { readonly name: string; readonly url: string }>>;
  readonly tenantPage: string;
  readonly logFile: string;
  readonly seconds: number;
}

/** What `npm start` prints: where to go, what to write first, how to stop. */
export function greeting(facts: GreetingFacts): readonly string[] {
  const rows = [
    ...WINDOW_KEYS.map((key) => [facts.windows[key].name, WINDOW_ROLES[key], facts.windows[key].url]),
    ["The tenant", "what Entra holds", facts.tenantPage],
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const table = rows.map(([who = "", what = "", where = ""]) =>
    `    ${who.padEnd(widths[0] ?? 0)}   ${what.padEnd(widths[1] ?? 0)}   ${where}`.trimEnd(),
  );
  return [
    "",
    `  Latchkey is running against a simulated tenant: ${facts.tenant.displayName}, ${facts.tenant.users.size} people.`,
    "  Everything stays on this machine.",
    "",
    ...table,
    "",
    "  1. Open Ada's and Grace's windows side by side.",
    "  2. In Ada's, write:  enable passkeys",
    "  3. In Grace's, press Approve, and see the tenant change.",
    "",
    `  Log   ${facts.logFile}`,
    `  Stop  Ctrl-C   (started in ${facts.seconds.toFixed(1)} s; nothing is kept)`,
    "",
  ];
}
