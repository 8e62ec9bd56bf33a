import type { AuditRecord } from "../audit/record.js";
import type { ConversationId, Instant, Person } from "../person.js";
import type { PlanSummary } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import type { EvidenceLink } from "../stores.js";
import { outcomeWords } from "../words/outcome/outcome-words.js";
import { EVIDENCE_VALID_MS, type Evidence, gatherEvidence } from "./evidence.js";
import { html } from "./evidence-html.js";
import { instant } from "./evidence-names.js";
import { headOf, planHeader, planSections } from "./evidence-page.js";
import { exactRecords } from "./evidence-records.js";
import { recordedTitle } from "./evidence-title.js";

/** The name under which the file is saved. */
export const ROLLOUT_FILE = "latchkey-rollout-evidence.html";

/** So many plans are in one file: the newest. */
const PLANS_IN_A_FILE = 200;

/** A link to the evidence of all plans. */
export interface RolloutEvidenceGiven {
  readonly kind: "rollout-evidence-given";
  /** The plans in it, newest first. */
  readonly plans: readonly PlanSummary[];
  /** Whether there are older ones, which are not in it. */
  readonly isWhole: boolean;
  readonly secret: string;
  readonly validUntil: Instant;
}

/** Gives a person the evidence of all plans, which is recorded. undefined: there is no plan yet @throws Fault */
export async function giveRolloutEvidence(
  ports: Pick<Ports, "plans" | "evidenceLinks" | "clock">,
  { tenantId }: Pick<Rules, "tenantId">,
  { person, conversation }: { readonly person: Person; readonly conversation: ConversationId },
): Promise<RolloutEvidenceGiven | undefined> {
  const latest = await ports.plans.latest(tenantId, PLANS_IN_A_FILE + 1);
  const plans = latest.slice(0, PLANS_IN_A_FILE);
  const planNumbers = plans.map(({ number }) => number).toReversed();
  const [planNumber] = planNumbers;
  if (planNumber === undefined) return undefined;
  const now = ports.clock.now();
  const at = now.toISOString();
  const validUntil = new Date(now.getTime() + EVIDENCE_VALID_MS).toISOString();
  const secret = await ports.evidenceLinks.add(
    { tenantId, planNumber, planNumbers, person, givenAt: at, validUntil },
    {
      tenantId,
      at,
      event: "evidence-given",
      by: person,
      conversation,
      detail: { plans: planNumbers, validUntil },
    },
  );
  return {
    kind: "rollout-evidence-given",
    plans,
    isWhole: latest.length <= PLANS_IN_A_FILE,
    secret,
    validUntil,
  };
}

/** Everything about each of the plans as it stands now. @throws Fault */
export async function gatherAll(
  ports: Pick<Ports, "plans" | "audit" | "clock">,
  { tenantId, person }: Pick<EvidenceLink, "tenantId" | "person">,
  planNumbers: readonly number[],
): Promise<readonly Evidence[]> {
  const all: Evidence[] = [];
  for (const planNumber of planNumbers) {
    const evidence = await gatherEvidence(ports, { tenantId, planNumber, person });
    if (evidence !== undefined) all.push(evidence);
  }
  return all;
}

/** One page of all plans, each as on its own page, and all of their records in one block at the end, for a program to check. */
export function rolloutPage(all: readonly Evidence[]): string {
  const numbers = all.map(({ plan }) => plan.number);
  const records: readonly AuditRecord[] = all
    .flatMap((evidence) => evidence.records)
    .toSorted((a, b) => a.sequence - b.sequence);
  return html`<!doctype html>
<html lang="en">
<head>
<meta name="latchkey-plans" content="${numbers.join(" ")}">
${headOf("Evidence of the rollout")}
</head>
<body>
<header>
<p class="kind">Latchkey · Evidence</p>
<h1>The rollout: ${numbers.length === 1 ? "1 plan" : `${numbers.length} plans`}</h1>
</header>
<main>
<section><h2>All plans</h2>
<table><thead><tr><th>Plan</th><th>What</th><th>Outcome</th><th>Asked for by</th><th>When</th></tr></thead><tbody>
${all.map(
  ({ plan, records: own }) => html`<tr>
<td><a href="#plan-${plan.number}">#${plan.number}</a></td>
<td>${recordedTitle(own.findLast(isRevision), plan)}</td>
<td>${outcomeWords(plan)}</td>
<td>${plan.requester.name}</td>
<td>${instant(plan.createdAt)}</td>
</tr>`,
)}
</tbody></table></section>
${all.map(
  (evidence) => html`<article id="plan-${evidence.plan.number}">
${planHeader(evidence)}
${planSections(evidence)}
</article>`,
)}
<section><h2>The records</h2>
<p>Those of all plans above, exactly as they are in the store, one a line and in the order of the chain. <code>npm run audit -- verify --evidence &lt;this file&gt;</code> checks them; that the hashes are those of the chain shows <code>npm run audit -- verify</code> where the store is.</p>
${exactRecords(records)}</section>
</main>
</body>
</html>
`.markup;
}

const isRevision = ({ event }: AuditRecord): boolean => event === "plan-proposed" || event === "plan-revised";
