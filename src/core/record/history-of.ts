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
  /** How many there are, and how many of the last were looked at. */
  readonly plans: LookedThrough;
  /** How many of the last drifts were looked at, where there may be older ones; absent: all were. */
  readonly onlyLastDrifts?: number;
  /** The same of what was noticed of models. */
  readonly onlyLastNotices?: number;
}

/** How much of what is kept was looked at: the newest of it. */
export interface LookedThrough {
  readonly of: number;
  readonly lookedAt: number;
}

const PLANS_LOOKED_AT = 1_000;
const DRIFTS_LOOKED_AT = 100;
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
  const subject = (await findSubject(ports, rules, asked)) ?? (await pastSubject(ports, rules, asked));
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
  const drifts = await driftsAbout(ports, rules, subject);
  const notices = await noticesAbout(ports, rules, subject);
  const events = [...(await plansAbout(ports, rules, subject)), ...drifts.events, ...notices.events];
  const of = await ports.plans.countAll(rules.tenantId);
  return {
    kind: "history-of",
    subject,
    events: events.toSorted((a, b) => b.at.localeCompare(a.at)),
    plans: { of, lookedAt: Math.min(of, PLANS_LOOKED_AT) },
    ...(drifts.mayHaveOlder ? { onlyLastDrifts: DRIFTS_LOOKED_AT } : {}),
    ...(notices.mayHaveOlder ? { onlyLastNotices: NOTICES_LOOKED_AT } : {}),
  };
}

async function pastSubject(
  { plans }: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
  asked: Pick<AskHistory, "typed" | "sort">,
): Promise<Subject | undefined> {
  for await (const plan of plans.readThrough(tenantId, { among: PLANS_LOOKED_AT })) {
    const subject = subjectOfPast(plan, asked);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

async function plansAbout(
  { plans }: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
  subject: Subject,
): Promise<readonly HistoryEvent[]> {
  const found: HistoryEvent[] = [];
  const which = { among: PLANS_LOOKED_AT, naming: idsOf(subject) };
  for await (const plan of plans.readThrough(tenantId, which)) {
    const event = eventOf(plan, subject);
    if (event !== undefined) found.push(event);
  }
  return found;
}

/** What a plan that is about it names it by. */
function idsOf(subject: Subject): readonly string[] {
  switch (subject.kind) {
    case "person":
      return [subject.person.id];
    case "group":
      return [subject.group.id];
    case "model":
      return subject.models.map(({ aaguid }) => aaguid);
    case "profile":
      return [subject.id];
  }
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

/** Events, and whether older ones were not looked at. */
interface Found {
  readonly events: readonly HistoryEvent[];
  readonly mayHaveOlder: boolean;
}

async function driftsAbout(
  { watch }: Pick<Ports, "watch">,
  { tenantId }: Pick<Rules, "tenantId">,
  subject: Subject,
): Promise<Found> {
  const events: HistoryEvent[] = [];
  let looked = 0;
  for await (const drift of watch.readThrough(tenantId, DRIFTS_LOOKED_AT)) {
    looked += 1;
    if (hasPart(drift, subject)) events.push({ kind: "drift", at: drift.foundAt, drift });
  }
  return { events, mayHaveOlder: looked === DRIFTS_LOOKED_AT };
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
): Promise<Found> {
  if (subject.kind !== "model") return { events: [], mayHaveOlder: false };
  const meant = new Set(subject.models.map(({ aaguid }) => aaguid));
  const kept = [
    await modelNotices.open(tenantId, NOTICES_LOOKED_AT),
    await modelNotices.putOff(tenantId, NOTICES_LOOKED_AT),
  ];
  const about = kept.flat().filter(({ models }) => models.some(({ model }) => meant.has(model.aaguid)));
  return {
    events: about.map((notice) => ({ kind: "notice", at: notice.foundAt, notice })),
    mayHaveOlder: kept.some((notices) => notices.length === NOTICES_LOOKED_AT),
  };
}
