import { hasProfiles } from "../core/policy/comparable-policy.js";
import { demandNothingHidden } from "../core/policy/hidden-values.js";
import { parsePolicy } from "../core/policy/parse-policy.js";
import type { Journal } from "./journal.js";
import type { Patience } from "./lab-graph.js";
import { LabRun, type RunOptions, type RunPorts } from "./lab-run.js";
import type { LabReport } from "./report.js";
import { type Guarded, guardTenant, PEOPLE_AT_MOST } from "./tenant-guard.js";

export interface LabPorts extends RunPorts {
  readonly journal: Journal;
  confirm(question: string): Promise<boolean>;
}

export interface LabOptions extends RunOptions {
  readonly tenantId: string;
  readonly graphUrl: string;
  readonly cloud: string;
  readonly tenantName: string | undefined;
  readonly isDry: boolean;
}

export type LabOutcome =
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "told" }
  | { readonly kind: "ran"; readonly report: LabReport };

const ATTEMPTS = 4;

/**
 * Asks the tenant every question that can be asked there, and puts the policy back in any case.
 * @throws Fault when not even the policy can be read: nothing was written then
 */
export async function runLab(ports: LabPorts, options: LabOptions): Promise<LabOutcome> {
  const { graph, journal, clock, stop } = ports;
  const patience: Patience = { attempts: ATTEMPTS, stop };
  const guard = await guardTenant(graph, patience, options.tenantName);
  if (guard.kind === "refused") return guard;
  const { plain, whole } = await graph.findPolicy(patience);
  demandNothingHidden(whole);
  parsePolicy(whole);
  const run = new LabRun(ports, options, whole, patience);
  if (options.isDry) {
    run.tell();
    return { kind: "told" };
  }
  const isAgreed = await ports.confirm(
    `The lab will write the passkey policy of ${tenantWords(guard)} about ${run.writesAhead} times and put it back. People who sign in with a passkey meanwhile may meet a policy that is not yours. No other person may change the policy until it is done.`,
  );
  if (!isAgreed || stop.isAsked) return { kind: "refused", why: "Nothing was written." };
  const startedAt = clock.now().toISOString();
  const { tenantId, graphUrl } = options;
  await journal.write({ tenantId, graphUrl, startedAt, policy: whole });
  const policy = await run.ask(plain);
  if (policy.kind !== "not-back") await journal.remove();
  await run.readAudit(startedAt);
  return {
    kind: "ran",
    report: {
      format: 1,
      startedAt,
      endedAt: clock.now().toISOString(),
      cloud: options.cloud,
      shape: hasProfiles(whole) ? "profiles" : "legacy",
      people: sizeWords(guard.people),
      ...run.end,
      policy,
      requests: { ...graph.sent },
      facts: run.facts,
    },
  };
}

/** For the person at the terminal; the report names no tenant. */
function tenantWords({ name, people }: Extract<Guarded, { kind: "fits" }>): string {
  const size = people === undefined ? "" : ` (${people} people)`;
  return `${name === undefined ? "this tenant" : JSON.stringify(name)}${size}`;
}

function sizeWords(people: number | undefined): LabReport["people"] {
  if (people === undefined) return "unknown";
  return people > PEOPLE_AT_MOST ? "more than 50" : "up to 50";
}
