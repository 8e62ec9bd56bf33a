import { type ChainHead, verifyChain } from "../../../src/core/audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../../src/core/audit/record.js";
import type { Drift } from "../../../src/core/drift/drift.js";
import { asJson, canonicalJson } from "../../../src/core/json.js";
import { isPutOff, type Plan, summaryOf } from "../../../src/core/plan/plan.js";
import { whyNotAsRecorded, whyNotFollowing } from "../../../src/core/plan/recorded/as-recorded.js";
import type { StoredPlan } from "../../../src/core/plan/recorded/stored-plan.js";
import { policyFingerprint } from "../../../src/core/policy/comparable-policy.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { patchBody } from "../../../src/core/policy/patch-body.js";
import { sameEffect } from "../../../src/core/policy/same-effect.js";
import type { Rules } from "../../../src/core/ports.js";
import type { FakeStore } from "../fake-store.js";
import { LIFE, OUTCOMES, stageOf } from "./life.js";
import type { Patch, SimulatedTenant } from "./simulated-tenant.js";

/** Something somebody pressed or said, as long as it is being worked on. */
export interface Action {
  readonly id: string;
  readonly by: string;
  /** Of the card they pressed on. */
  readonly revision: number | undefined;
  readonly beganAt: number;
}

/** What is known of whoever stores something. */
export interface Storing {
  /** The process. */
  readonly by: string;
  readonly rules: Rules;
  readonly actions: ReadonlyMap<string, Action>;
  /** Whether a process that lives, and was never taken for gone, is at this action still. */
  readonly isInHand: (action: string) => boolean;
}

/** How long before the write the policy may have been looked at: a request of ten seconds, and two that its answer stands. */
const LOOKED_WITHIN_MS = 12_000;

interface Intent {
  readonly action: string;
  readonly plan: Plan;
  readonly at: number;
  /** Of the tenant's policies, the one that was in force. */
  readonly policy: number;
}

/** Looks at everything that is stored and sent, and says when it is not as approved, once, and on record. */
export class Witness {
  readonly tenant: SimulatedTenant;
  readonly store: FakeStore;
  readonly #intents = new Map<string, Intent>();
  readonly #effects = new Map<string, number>();
  #head: ChainHead | undefined;
  /** Transitions that happened, as in {@link LIFE}. */
  readonly transitions = new Set<string>();

  constructor(tenant: SimulatedTenant, store: FakeStore) {
    this.tenant = tenant;
    this.store = store;
  }

  /** What the real store asks before it stores: honest work is never taken for an edit. */
  replacing(before: Plan, next: Plan, entries: readonly AuditEntry[]): void {
    const records = this.store.records.filter(({ planNumber }) => planNumber === before.number);
    const why = whyNotAsRecorded(stored(before), before, records) ?? whyNotFollowing(before, next, entries);
    that(why === undefined, `#${before.number} is as recorded, not ${why}`);
  }

  /** A plan was stored in a new version. @param by what led to it, by conversation */
  stored(before: Plan, after: Plan, records: readonly AuditRecord[], about: Storing): void {
    const transition = `${stageOf(before)} -> ${stageOf(after)}`;
    this.transitions.add(transition);
    const events = records.map((record) => record.event);
    that(
      LIFE[transition]?.some((event) => events.includes(event)),
      `${transition} with ${events.join()}`,
    );
    this.#approvals(before, after, records, about.actions);
    if (stageOf(after) === "applying") this.#intended(after, records, about);
    if (stageOf(after) === "put-off") this.#putOff(before, after, about);
    this.#leftAlone(before, after, about);
    this.#keptWaiting(before, after, about);
    if (after.state.kind === "applied") {
      const { policy } = this.#intents.get(after.state.clientRequestId) ?? { policy: 0 };
      const wanted = parsePolicy(after.proposal.after);
      const since = this.tenant.policies.slice(policy);
      that(
        since.some((each) => sameEffect(wanted, parsePolicy(each))),
        "applied is what was in force",
      );
    }
    const open = [...this.store.plansByNumber.values()].map((plan) => plan.state.kind);
    that(open.filter((kind) => kind === "applying").length <= 1, "one plan at a time is applied");
  }

  /** Whoever approves agrees to what they saw, and a new revision begins without approvals. */
  #approvals(
    before: Plan,
    after: Plan,
    records: readonly AuditRecord[],
    actions: ReadonlyMap<string, Action>,
  ): void {
    that(after.revision >= before.revision, "revisions only grow");
    if (after.revision > before.revision)
      that(after.approvals.length === 0, "a new revision is not approved");
    const events = records.map(({ event }) => event);
    const isUsedUp = events.includes("write-without-effect");
    that(!isUsedUp || after.revision > before.revision, "what was sent needs a new approval");
    for (const record of records.filter(({ event }) => event === "plan-approved")) {
      const action = actions.get(String(record.conversation));
      that(action?.by === record.by?.id, "an approval is by the person who pressed");
      that(action?.revision === before.revision, "an approval is for the revision on the card");
    }
  }

  /** Right now the plan has the approvals it needs, and the record says what is going to be sent. */
  #intended(plan: Plan, records: readonly AuditRecord[], { rules, actions }: Storing): void {
    if (plan.state.kind !== "applying") return;
    const { clientRequestId, by } = plan.state;
    const record = records.find(({ event }) => event === "write-intended");
    that(record?.detail.clientRequestId === clientRequestId, "the intent names the request");
    const action = actions.get(String(record?.conversation));
    const approved = [...this.store.records].filter(
      ({ event, planNumber, revision }) =>
        event === "plan-approved" && planNumber === plan.number && revision === plan.revision,
    );
    const counted = plan.approvals.filter(({ by: { id } }) => {
      const held =
        this.tenant.approvers.has(id) || (this.tenant.lostRoleAt.get(id) ?? -1) >= (action?.beganAt ?? 0);
      const mayCount = rules.allowSelfApproval || id !== plan.requester.id;
      return held && mayCount && approved.some((each) => each.by?.id === id);
    });
    const people = new Set(counted.map((approval) => approval.by.id));
    that(people.size >= Math.max(plan.approvalsRequired, rules.approvalsRequired), "enough people approved");
    that(people.has(by.id), "who writes has approved");
    const policy = this.tenant.policies.length - 1;
    const intent = { action: action?.id ?? "", plan, at: this.tenant.time, policy };
    this.#intents.set(clientRequestId, intent);
  }

  /** Nothing was done of what waits: it was throttled, or never sent; and it keeps its approvals. */
  #putOff(before: Plan, after: Plan, { by }: Storing): void {
    const { state } = after;
    if (state.kind !== "applying") return;
    that(state.replica === by, "who applies a plan puts it off, and no other");
    const sent = this.tenant.patches.filter((patch) => patch.clientRequestId === state.clientRequestId);
    that(
      sent.every((patch) => patch.answer === 429 && patch.heard),
      "what is put off was refused for sure, or not sent",
    );
    that(
      canonicalJson(asJson(before.approvals)) === canonicalJson(asJson(after.approvals)),
      "it stays approved",
    );
  }

  /** Whoever applies a plan says what became of it, as long as they can. */
  #leftAlone(before: Plan, after: Plan, { isInHand }: Storing): void {
    if (before.state.kind !== "applying" || after.state.kind === "waiting") return;
    if (isPutOff(before) || isPutOff(after)) return;
    const { clientRequestId } = before.state;
    const patch = this.tenant.patches.find((each) => each.clientRequestId === clientRequestId);
    const { action = "" } = this.#intents.get(clientRequestId) ?? {};
    const isBeingSent = isInHand(action) && after.state.kind !== "superseded";
    that(!isBeingSent || patch?.heard === true, "what is in hand is left alone");
  }

  /** A plan that waits for Graph is opened by the process that waits, or when that is gone. */
  #keptWaiting(before: Plan, after: Plan, { isInHand, by }: Storing): void {
    if (stageOf(before) !== "put-off" || after.state.kind !== "waiting") return;
    if (before.state.kind !== "applying" || before.state.replica === by) return;
    const { action = "" } = this.#intents.get(before.state.clientRequestId) ?? {};
    that(!isInHand(action), "what waits for Graph is left to who waits");
  }

  /** A PATCH leaves. */
  sent(patch: Patch): void {
    const { clientRequestId: id, body, sentAt } = patch;
    const intent = this.#intents.get(id);
    that(intent !== undefined, "no PATCH without its intent on record");
    if (intent === undefined) return;
    const { plan } = intent;
    that(
      this.tenant.patches.filter((other) => other.clientRequestId === id).length === 1,
      "a PATCH is sent once",
    );
    that(plan.state.kind === "applying" && plan.state.by.id === patch.by.id, "the last approver writes");
    that(sentAt - intent.at < 8_000, "a PATCH leaves soon after its intent, or never");
    const { before, after } = plan.proposal;
    that(
      canonicalJson(body) === canonicalJson(patchBody(before, after)),
      "what is sent is what was approved",
    );
    const asApproved = policyFingerprint(before);
    const looked = this.tenant.lastInForce((policy) => policyFingerprint(policy) === asApproved);
    that(
      looked !== undefined && sentAt - looked < LOOKED_WITHIN_MS,
      "the policy was looked at before the write",
    );
    const ours = this.tenant.patches.filter((other) => (other.landsAt ?? 0) > (looked ?? 0) && other.landed);
    that(ours.length === 0, "no write of ours came between the look and the write");
  }

  /** A PATCH takes effect. */
  landed(patch: Patch): void {
    const plan = this.#intents.get(patch.clientRequestId)?.plan;
    if (plan === undefined) return;
    // Graph that says "not done" and has done it is not believed twice, but the revision stays open for it.
    if (patch.answer !== 503) {
      const revision = `#${plan.number} revision ${plan.revision}`;
      const effects = (this.#effects.get(revision) ?? 0) + 1;
      this.#effects.set(revision, effects);
      that(effects === 1, `one effect for ${revision}`);
    }
    const now = this.store.plansByNumber.get(plan.number);
    // Somebody made the wanted policy by hand while ours was on its way: the plan is done, and ours changes nothing.
    if (now?.state.kind === "applied" && now.state.clientRequestId === patch.clientRequestId) return;
    const meanwhile = this.tenant.patches.filter(
      (other) => other !== patch && other.landed && (other.landsAt ?? 0) > patch.sentAt,
    );
    that(meanwhile.length === 0, "no two PATCHes are on their way at the same time");
  }

  /** What somebody else changed is what the policy is compared with from now on. */
  accepted(drift: Drift, records: readonly AuditEntry[], actions: ReadonlyMap<string, Action>): void {
    const record = records.find(({ event }) => event === "drift-accepted");
    const action = actions.get(String(record?.conversation));
    that(
      action !== undefined && action.by === record?.by?.id,
      "a drift is accepted by the person who pressed",
    );
    that(action?.revision === drift.revision, "what is accepted is what was shown");
    const lostAt = this.tenant.lostRoleAt.get(action?.by ?? "") ?? -1;
    const held = this.tenant.approvers.has(action?.by ?? "") || lostAt >= (action?.beganAt ?? 0);
    that(held, "an approver accepts a drift");
  }

  /** When all is over and the watch has looked: drift is what nobody here applied or accepted, and all of it. */
  drift(): void {
    const plans = [...this.store.plansByNumber.values()];
    if (plans.some(({ state }) => state.kind === "unknown")) return;
    const { current, drifts } = this.store.watch;
    const open = [...drifts.values()].find(({ state }) => state.kind === "open");
    const today = parsePolicy(this.tenant.policy);
    const expected = parsePolicy(current?.policy ?? this.tenant.policy);
    const isAsExpected = diffPolicies(expected, today).length === 0;
    that(isAsExpected === (open === undefined), "a difference is told, and nothing else is");
    if (open === undefined) return;
    that(
      diffPolicies(parsePolicy(open.difference.after), today).length === 0,
      "the drift told is that of today",
    );
    const applied = plans.flatMap(({ state }) => (state.kind === "applied" ? [state.clientRequestId] : []));
    const foreign = this.tenant.patches.filter(
      (patch) => patch.landed && !applied.includes(patch.clientRequestId),
    );
    that(this.tenant.edits > 0 || foreign.length > 0, "what is applied is no drift");
  }

  /** After every step. */
  look(): void {
    const { records } = this.store;
    const check = verifyChain(records.slice(this.#head?.sequence ?? 0), this.#head);
    that(check.kind === "intact", "the chain verifies");
    if (check.kind === "intact") this.#head = check.head;
  }

  /** When everybody has recovered, time has passed and nothing is under way any more. */
  atTheEnd(): void {
    for (const plan of this.store.plansByNumber.values()) {
      const { kind } = plan.state;
      that(kind !== "applying", `#${plan.number} is not being applied for ever`);
      if (kind === "unknown")
        that(plan.state.seen === "something-else", `#${plan.number} is known, or nobody can`);
    }
    for (const record of this.store.records.filter(({ event }) => event === "write-intended")) {
      const after = this.store.records.filter(
        ({ planNumber, sequence }) => planNumber === record.planNumber && sequence > record.sequence,
      );
      const again = after.findIndex(({ event }) => event === "write-intended");
      const until = again === -1 ? after : after.slice(0, again);
      that(
        until.some(({ event }) => OUTCOMES.has(event)),
        `write ${record.sequence} has its outcome on record`,
      );
    }
  }
}

/** @throws Error that names the rule which did not hold */
function that(holds: boolean | undefined, rule: string): void {
  if (holds !== true) throw new Error(`does not hold: ${rule}`);
}

/** The plan as a store keeps it. */
function stored(plan: Plan): StoredPlan {
  const { number, version, state, expiresAt } = plan;
  const [body, summary] = [JSON.stringify(plan), JSON.stringify(summaryOf(plan))];
  return { number, version, state: state.kind, body, expiresAt, summary };
}
