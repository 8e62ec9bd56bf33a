import type { Drift } from "../drift/drift.js";
import type { ModelNotice } from "../news/model-notice.js";
import type { ConversationId, Instant, Person } from "../person.js";
import { type Plan, type PlanSummary, summaryOf } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { isAbout, type PartTaken, partOf } from "./concerns.js";
import {
  findSubject,
  type SeveralSubjects,
  type Subject,
  type SubjectKind,
  subjectOfPast,
} from "./subject.js";

/** Something that happened to it. */
export type HistoryEvent =
  | {
      readonly kind: "plan";
      readonly at: Instant;
      readonly plan: PlanSummary;
      /** Of a person: what they had to do with it. */
      readonly parts: readonly PartTaken[];
    }
  | { readonly kind: "drift"; readonly at: Instant; readonly drift: Drift }
  | { readonly kind: "notice"; readonly at: Instant; readonly notice: ModelNotice };

/** What happened to one person, group, model or profile, by what is stored. */
export interface HistoryOf {
  readonly kind: "history-of";
  readonly subject: Subject;
  /** Newest first. */
  readonly events: readonly HistoryEvent[];
  /** How many plans were looked at, and whether those are all. */
  readonly plansLookedAt: number;
  readonly isWhole: boolean;
}

const PLANS_LOOKED_AT = 300;
const DRIFTS_LOOKED_AT = 50;
const NOTICES_LOOKED_AT = 100;

/** Who asks for a history, of what and where. */
export interface AskHistory {
  readonly by: Person;
  readonly conversation: ConversationId;
  readonly typed: string;
  readonly sort?: SubjectKind;
}

/**
 * Every plan, drift and notice that is about it. Who looks at another person goes on record with it.
 * @returns undefined when nothing is called so
 * @throws Fault when policy, directory or store cannot be read
 */
export async function historyOf(
  ports: Ports,
  rules: Pick<Rules, "tenantId">,
  { by, conversation, ...asked }: AskHistory,
): Promise<HistoryOf | SeveralSubjects | undefined> {
  const latest = await ports.plans.latest(rules.tenantId, PLANS_LOOKED_AT);
  const subject =
    (await findSubject(ports, rules, asked)) ??
    (await firstOf(ports, rules, latest, (plan) => subjectOfPast(plan, asked)));
  if (subject === undefined || subject.kind === "several") return subject;
  if (subject.kind === "person" && subject.person.id !== by.id) {
    const { id, name } = subject.person;
    await ports.audit.append({
      tenantId: rules.tenantId,
      at: ports.clock.now().toISOString(),
      event: "person-looked-at",
      by,
      conversation,
      detail: { person: { id, name }, looked: "history" },
    });
  }
  const events = [
    ...(await plansAbout(ports, rules, subject, latest)),
    ...(await driftsAbout(ports, rules, subject)),
    ...(await noticesAbout(ports, rules, subject)),
  ];
  return {
    kind: "history-of",
    subject,
    events: events.toSorted((a, b) => b.at.localeCompare(a.at)),
    plansLookedAt: latest.length,
    isWhole: latest.length < PLANS_LOOKED_AT,
  };
}

async function plansAbout(
  ports: Pick<Ports, "plans">,
  rules: Pick<Rules, "tenantId">,
  subject: Subject,
  latest: readonly PlanSummary[],
): Promise<readonly HistoryEvent[]> {
  const found: HistoryEvent[] = [];
  await firstOf(ports, rules, latest, (plan) => {
    const event = eventOf(plan, subject);
    if (event !== undefined) found.push(event);
    return undefined;
  });
  return found;
}

/** Looks at the plans in full one after the other, newest first: one may be megabytes, so none is kept. */
async function firstOf<T>(
  { plans }: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
  latest: readonly PlanSummary[],
  look: (plan: Plan) => T | undefined,
): Promise<T | undefined> {
  for (const { number } of latest) {
    const plan = await plans.find(tenantId, number);
    const found = plan && look(plan);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** undefined: the plan has nothing to do with it. */
function eventOf(plan: Plan, subject: Subject): HistoryEvent | undefined {
  const event = (parts: readonly PartTaken[]): HistoryEvent => ({
    kind: "plan",
    at: "at" in plan.state ? plan.state.at : plan.createdAt,
    plan: summaryOf(plan),
    parts,
  });
  if (subject.kind !== "person") {
    return isAbout(plan.proposal, subject) ? event([]) : undefined;
  }
  const parts = partOf(subject.person, plan);
  return parts.length === 0 ? undefined : event(parts);
}

async function driftsAbout(
  { watch }: Pick<Ports, "watch">,
  { tenantId }: Pick<Rules, "tenantId">,
  subject: Subject,
): Promise<readonly HistoryEvent[]> {
  const last = (await watch.lastDrift(tenantId))?.number ?? 0;
  const found: HistoryEvent[] = [];
  for (let number = last; number > Math.max(0, last - DRIFTS_LOOKED_AT); number -= 1) {
    const drift = await watch.findDrift(tenantId, number);
    if (drift !== undefined && hasPart(drift, subject))
      found.push({ kind: "drift", at: drift.foundAt, drift });
  }
  return found;
}

function hasPart({ difference, state, meaning }: Drift, subject: Subject): boolean {
  if (subject.kind !== "person") return isAbout(difference, subject);
  const { id } = subject.person;
  const decided = "by" in state && state.by?.id === id;
  return decided || (meaning.kind === "assessed" && meaning.impact.losing.some((each) => each.id === id));
}

async function noticesAbout(
  { modelNotices }: Pick<Ports, "modelNotices">,
  { tenantId }: Pick<Rules, "tenantId">,
  subject: Subject,
): Promise<readonly HistoryEvent[]> {
  if (subject.kind !== "model") return [];
  const meant = new Set(subject.models.map(({ aaguid }) => aaguid));
  const notices = [
    ...(await modelNotices.open(tenantId, NOTICES_LOOKED_AT)),
    ...(await modelNotices.putOff(tenantId, NOTICES_LOOKED_AT)),
  ];
  return notices
    .filter(({ models }) => models.some(({ model }) => meant.has(model.aaguid)))
    .map((notice) => ({ kind: "notice", at: notice.foundAt, notice }) as const);
}
