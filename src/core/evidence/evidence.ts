import type { ChainHead } from "../audit/chain.js";
import type { AuditRecord } from "../audit/record.js";
import { type Refusal, refuse } from "../errors.js";
import type { ConversationId, Instant, Person, TenantId } from "../person.js";
import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

/** Everything there is about a plan, as it stands at one moment. */
export interface Evidence {
  readonly plan: Plan;
  /** Every record about it, in order. */
  readonly records: readonly AuditRecord[];
  /** The end of the tenant's chain at that moment. */
  readonly head: ChainHead;
  readonly at: Instant;
  /** Who asked for it in the chat; absent when it was made on the machine itself. */
  readonly givenTo?: Person;
}

/** A link to the evidence, for the person who asked. */
export interface EvidenceGiven {
  readonly kind: "evidence-given";
  readonly evidence: Evidence;
  /** Opens the evidence for everyone who has it. */
  readonly secret: string;
  readonly validUntil: Instant;
}

/** How long a link is valid: as often as asked, because those who look for bad links fetch it too. */
export const EVIDENCE_VALID_MS = 10 * 60_000;
const PAGE = 200;

/** Gives a person who has access the evidence for a plan, which is recorded. @returns why there is none */
export async function giveEvidence(
  ports: Pick<Ports, "plans" | "audit" | "evidenceLinks" | "clock">,
  { tenantId }: Pick<Rules, "tenantId">,
  asked: {
    readonly planNumber: number;
    readonly person: Person;
    readonly conversation: ConversationId;
  },
): Promise<EvidenceGiven | Refusal> {
  const { planNumber, person, conversation } = asked;
  const plan = await ports.plans.find(tenantId, planNumber);
  if (plan === undefined) return refuse({ code: "unknown-plan", planNumber });
  const now = ports.clock.now();
  const at = now.toISOString();
  const validUntil = new Date(now.getTime() + EVIDENCE_VALID_MS).toISOString();
  const secret = await ports.evidenceLinks.add(
    { tenantId, planNumber, person, givenAt: at, validUntil },
    {
      tenantId,
      at,
      event: "evidence-given",
      by: person,
      conversation,
      planNumber,
      revision: plan.revision,
      detail: { validUntil },
    },
  );
  const evidence = await gatherEvidence(ports, { tenantId, planNumber, person });
  // Plans are not removed.
  return evidence === undefined
    ? refuse({ code: "unknown-plan", planNumber })
    : { kind: "evidence-given", evidence, secret, validUntil };
}

/** Everything about a plan as it stands now, for the person who asked. undefined: there is no such plan */
export async function gatherEvidence(
  ports: Pick<Ports, "plans" | "audit" | "clock">,
  about: { readonly tenantId: TenantId; readonly planNumber: number; readonly person: Person },
): Promise<Evidence | undefined> {
  const { tenantId, planNumber, person } = about;
  const plan = await ports.plans.find(tenantId, planNumber);
  if (plan === undefined) return undefined;
  const records: AuditRecord[] = [];
  for (let fromSequence = 1; ; ) {
    const page = await ports.audit.read(tenantId, { planNumber, fromSequence, limit: PAGE });
    records.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) break;
    fromSequence = last.sequence + 1;
  }
  const head = await ports.audit.head(tenantId);
  return { plan, records, head, at: ports.clock.now().toISOString(), givenTo: person };
}
