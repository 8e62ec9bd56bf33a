import { createHash } from "node:crypto";
import { decidingRules } from "../access/strictest-rules.js";
import type { ChangeCommand } from "../command/command.js";
import { type Refusal, refuse } from "../errors.js";
import { peopleOf } from "../impact/use-inventory.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Person, TenantId } from "../person.js";
import { withProfileName } from "../policy/desired/find-profile.js";
import type { Intent } from "../policy/intent.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Ports, Rules } from "../ports.js";
import { type Inventory, isComplete } from "../scan/inventory.js";
import type { Scan } from "../scan/scan.js";
import type { Asked } from "../stores/plan-store.js";
import type { DeferredChange, FirstIntent } from "../stores.js";
import { OPEN_PLANS_AT_MOST } from "./admit-plan.js";
import { countChange } from "./count-change.js";
import { laxerRules } from "./laxer-rules.js";
import { makeProposal } from "./make-proposal.js";
import type { Plan, PlanDraft } from "./plan.js";
import { proposalDetail, termsDetail } from "./plan-entry.js";
import { refuseAlteredScan } from "./recorded/refuse-altered-scan.js";
import { resolveIntent } from "./resolve-intent.js";

/** What a person asked for, and where. */
export interface ChangeRequest {
  readonly command: ChangeCommand;
  /** The text as the person wrote it. */
  readonly typed: string;
  readonly requester: Person;
  readonly conversation: ConversationId;
  /** The taken message in which it was asked for: however often that is delivered, it becomes one plan. */
  readonly message?: string;
}

/** A plan that waits does this already. */
export interface SamePlan {
  readonly kind: "same-plan";
  readonly plan: Plan;
}

/** The change needs a scan first; the plan is posted when that has ended. */
export interface ScanStarted {
  readonly kind: "scan-started";
  readonly scan: Scan;
  /** A scan was running already. */
  readonly joined: boolean;
}

/**
 * Makes a plan of a change and shows it; nothing is written to the tenant. The plan rests on the last scan; where
 * there is none, or it was incomplete, a scan is started, and the change waits for it.
 * @returns the stored plan, or why there is none
 * @throws Fault when the tenant cannot be read well enough to propose anything
 */
export async function proposeChange(
  ports: Ports,
  rules: Rules,
  request: ChangeRequest,
): Promise<Plan | Refusal | SamePlan | ScanStarted> {
  const inventory = await ports.scans.latest(rules.tenantId);
  const intent = await resolveIntent(ports, rules, request.command, inventory?.models);
  if (intent.kind === "refusal") return intent;
  // An older scan that was complete may know less than the latest, which was not: what is missing is read now.
  // One of an earlier version has no record that could be compared with it.
  const isKnown = inventory?.recordedAs !== undefined;
  if (inventory === undefined || !isKnown || !isComplete(inventory))
    return waitForScan(ports, rules, request);
  const made = await makePlan(ports, rules, { request, intent, inventory });
  if ("kind" in made) return made;
  const stored = await store(ports, made, asked(request));
  if (stored === undefined) throw new Error("only a change that waited can be answered already");
  return stored;
}

/** Stores it, unless it is there. @returns undefined when what waited was answered already */
async function store(
  ports: Ports,
  [draft, records]: Made,
  how: Asked,
): Promise<Plan | Refusal | SamePlan | undefined> {
  const intents = await firstIntents(ports, draft);
  const proposed = await ports.plans.propose(draft, records, { ...how, intents });
  switch (proposed.kind) {
    case "created":
      countChange(ports, undefined, proposed.plan);
      await ports.announcer.planChanged(proposed.plan, intents);
      return proposed.plan;
    case "same":
      ports.log.info("plan-there-already", { plan: proposed.plan.number });
      return { kind: "same-plan", plan: proposed.plan };
    case "too-many": {
      const { planNumbers } = proposed;
      return refuse({ code: "too-many-open-plans", limit: OPEN_PLANS_AT_MOST, planNumbers });
    }
    case "answered":
      return undefined;
  }
}

/** Copies of the card that are stored with the plan: one commit is both (docs/adr/0028). */
async function firstIntents(
  { announcer, clock, replicas }: Ports,
  draft: PlanDraft,
): Promise<readonly FirstIntent[]> {
  const places = await announcer.firstPlaces(draft);
  return places.map((conversation) => ({
    conversation,
    intentId: clock.newId(),
    poster: replicas.self,
    tries: 1,
  }));
}

const asked = ({ message }: Pick<ChangeRequest, "message">): Asked =>
  message === undefined ? {} : { message };

/**
 * The same for a change that waited for a scan, which has ended.
 * @returns undefined when it was answered already, before a restart
 * @throws Fault
 */
export async function proposeDeferred(
  ports: Ports,
  rules: Rules,
  deferred: Extract<DeferredChange, { kind: "propose" }>,
  inventory: Inventory,
): Promise<Plan | Refusal | SamePlan | undefined> {
  const { command, typed, person: requester, conversation } = deferred;
  const intent = await resolveIntent(ports, rules, command, inventory.models);
  if (intent.kind === "refusal") return intent;
  const request = { command, typed, requester, conversation };
  const { recordedAs: waitedSince } = deferred;
  const made = await makePlan(ports, rules, { request, intent, inventory, waitedSince });
  if ("kind" in made) return made;
  return store(ports, made, { deferredId: deferred.id, ...asked(deferred) });
}

async function waitForScan(
  ports: Ports,
  rules: Rules,
  request: ChangeRequest,
): Promise<ScanStarted | Refusal> {
  const { requester: person, conversation, command, typed } = request;
  const { tenantId } = rules;
  const waiting = await ports.deferred.all(tenantId);
  const id = waitingId(tenantId, request);
  const others = waiting.filter((each) => each.person.id === person.id && each.id !== id);
  if (others.filter(({ kind }) => kind === "propose").length >= OPEN_PLANS_AT_MOST) {
    return refuse({ code: "too-many-open-plans", limit: OPEN_PLANS_AT_MOST, planNumbers: [] });
  }
  // Stored before the scan is asked for: the process that ends a scan looks for what waits for it.
  await ports.deferred.add({
    id,
    kind: "propose",
    tenantId,
    person,
    conversation,
    askedAt: ports.clock.now().toISOString(),
    command,
    typed,
    ...asked(request),
  });
  const { scan, joined } = await ports.scanner.ask({ person, conversation, shows: "when-slow" });
  return { kind: "scan-started", scan, joined };
}

/** One name for the same request: asked for again while it waits, or delivered again, it waits once. */
function waitingId(tenantId: TenantId, { requester, conversation, command }: ChangeRequest): string {
  const what = JSON.stringify([tenantId, conversation, requester.id, command]);
  return `propose-${createHash("sha256").update(what).digest("hex")}`;
}

interface Material {
  readonly request: ChangeRequest;
  readonly intent: Intent;
  readonly inventory: Inventory;
  /** The record of what was asked, where it waited. */
  readonly waitedSince?: number | undefined;
}

/** What the store takes to create a plan. */
type Made = readonly [draft: PlanDraft, records: Parameters<Ports["plans"]["create"]>[1]];

/**
 * The plan that a change would be, as it would wait for approval; nothing of it is stored.
 * @throws Fault when the tenant cannot be read well enough to propose anything
 */
export async function draftPlan(
  ports: Ports,
  rules: Rules,
  { request, intent: asked, inventory }: Omit<Material, "waitedSince">,
): Promise<PlanDraft | Refusal> {
  // Beside the policy: what is waited for is the slowest.
  const strengths = ports.tenant.readStrengths();
  const [altered, policy] = await Promise.all([
    refuseAlteredScan(ports, rules.tenantId, inventory),
    ports.tenant.readPolicy(),
    ports.replicas.lookAtRules(),
  ]);
  if (altered) return altered;
  const intent = withProfileName(parsePolicy(policy), asked);
  const people = peopleOf(ports, rules, inventory);
  const weakenings = await laxerRules(ports, rules.tenantId, rules);
  const proposal = await makeProposal(ports, rules, {
    intent,
    policy,
    inventory,
    people,
    weakenings,
    strengths,
  });
  if ("kind" in proposal) return proposal;

  const now = ports.clock.now();
  const createdAt = now.toISOString();
  const { tenantId } = rules;
  const { requester, conversation, typed } = request;
  return {
    tenantId,
    revision: 1,
    command: typed,
    intent,
    requester,
    conversation,
    createdAt,
    expiresAt: new Date(now.getTime() + rules.planTtlMinutes * 60_000).toISOString(),
    proposal,
    approvals: [],
    approvalsRequired: rules.approvalsRequired,
    rules: decidingRules(rules),
    state: { kind: "waiting" },
  };
}

async function makePlan(
  ports: Ports,
  rules: Rules,
  { waitedSince, ...material }: Material,
): Promise<Made | Refusal> {
  const draft = await draftPlan(ports, rules, material);
  if ("kind" in draft) return draft;
  const { tenantId, createdAt, requester, conversation, command, intent, proposal } = draft;
  const detail = {
    command,
    ...(waitedSince === undefined ? {} : { waitedSince }),
    ...takenBackDetail(intent),
    ...termsDetail(draft),
    ...proposalDetail(proposal),
  };
  return [
    draft,
    [{ tenantId, at: createdAt, event: "plan-proposed", by: requester, conversation, revision: 1, detail }],
  ];
}

/** What an undo takes back, so that a reader can follow the record from plan to plan. */
function takenBackDetail(intent: Intent): JsonObject {
  if (intent.kind !== "revert") return {};
  const { of } = intent;
  return { takesBack: of.kind === "plan" ? { plan: of.planNumber } : { drift: of.driftNumber } };
}
