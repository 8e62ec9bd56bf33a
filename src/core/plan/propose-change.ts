import { decidingRules } from "../access/strictest-rules.js";
import type { ChangeCommand } from "../command/command.js";
import type { Refusal } from "../errors.js";
import { peopleOf } from "../impact/use-inventory.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Person } from "../person.js";
import type { Intent } from "../policy/intent.js";
import type { Ports, Rules } from "../ports.js";
import { type Inventory, isComplete } from "../scan/inventory.js";
import type { Scan } from "../scan/scan.js";
import type { DeferredChange } from "../stores.js";
import { countChange } from "./count-change.js";
import { fewerApprovals } from "./fewer-approvals.js";
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
): Promise<Plan | Refusal | ScanStarted> {
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
  const plan = await ports.plans.create(...made);
  countChange(ports, undefined, plan);
  await ports.announcer.planChanged(plan);
  return plan;
}

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
): Promise<Plan | Refusal | undefined> {
  const { command, typed, person: requester, conversation } = deferred;
  const intent = await resolveIntent(ports, rules, command, inventory.models);
  if (intent.kind === "refusal") return intent;
  const request = { command, typed, requester, conversation };
  const made = await makePlan(ports, rules, { request, intent, inventory });
  if ("kind" in made) return made;
  const plan = await ports.plans.createFor(deferred.id, ...made);
  if (plan === undefined) return undefined;
  countChange(ports, undefined, plan);
  await ports.announcer.planChanged(plan);
  return plan;
}

async function waitForScan(ports: Ports, rules: Rules, request: ChangeRequest): Promise<ScanStarted> {
  const { requester: person, conversation, command, typed } = request;
  // Stored before the scan is asked for: the process that ends a scan looks for what waits for it.
  await ports.deferred.add({
    id: ports.clock.newId(),
    kind: "propose",
    tenantId: rules.tenantId,
    person,
    conversation,
    askedAt: ports.clock.now().toISOString(),
    command,
    typed,
  });
  const { scan, joined } = await ports.scanner.ask({ person, conversation, shows: "when-slow" });
  return { kind: "scan-started", scan, joined };
}

interface Material {
  readonly request: ChangeRequest;
  readonly intent: Intent;
  readonly inventory: Inventory;
}

/** What the store takes to create a plan. */
type Made = readonly [draft: PlanDraft, records: Parameters<Ports["plans"]["create"]>[1]];

async function makePlan(
  ports: Ports,
  rules: Rules,
  { request, intent, inventory }: Material,
): Promise<Made | Refusal> {
  const altered = await refuseAlteredScan(ports, rules.tenantId, inventory);
  if (altered) return altered;
  await ports.replicas.lookAtRules();
  const policy = await ports.tenant.readPolicy();
  const people = peopleOf(ports, rules, inventory);
  const weakenings = await fewerApprovals(ports, rules, rules.approvalsRequired);
  const proposal = await makeProposal(ports, rules, { intent, policy, inventory, people, weakenings });
  if ("kind" in proposal) return proposal;

  const now = ports.clock.now();
  const createdAt = now.toISOString();
  const { tenantId } = rules;
  const { requester, conversation, typed } = request;
  const draft: PlanDraft = {
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
  const detail = {
    command: typed,
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
