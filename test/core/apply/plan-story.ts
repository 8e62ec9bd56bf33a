import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import type { AuditEntry, AuditEvent } from "../../../src/core/audit/record.js";
import type { EnableOptions } from "../../../src/core/command/enabling/enable-options.js";
import type { FaultCode, WriteFaultCode } from "../../../src/core/errors.js";
import type { Person } from "../../../src/core/person.js";
import type { Click } from "../../../src/core/plan/open-plan.js";
import type { Approval, Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { Rules } from "../../../src/core/ports.js";
import { ADA, ASSERTION, FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { pressed } from "../pressed-cards.js";

/** Why nothing was written: by its code, and in the words of what failed. */
type Failure = readonly [FaultCode | WriteFaultCode, string];

/** A tenant in which plans are asked for and decided. */
export class PlanStory {
  readonly world = new FakeWorld();

  get rules(): Rules {
    return this.world.rules;
  }
  set rules(rules: Rules) {
    this.world.rules = rules;
  }

  /** Ada, or somebody else, writes `enable passkeys`. @param authenticators another request for each choice */
  async propose(
    requester: Person = ADA,
    authenticators: EnableOptions["authenticators"] = ["ios", "android"],
  ): Promise<Plan> {
    await this.world.scan();
    const options = { restriction: "as-fits", authenticators } as const;
    const plan = await proposeChange(this.world.ports, this.rules, {
      command: { kind: "enable", options },
      typed: "enable passkeys",
      requester,
      conversation: ROOM,
    });
    if ("kind" in plan) throw new Error(plan.kind === "refusal" ? plan.code : plan.kind);
    return plan;
  }

  click(plan: Plan, person: Person = GRACE): Click {
    return pressed(plan, person);
  }

  approve(plan: Plan, person: Person = GRACE): ReturnType<typeof approvePlan> {
    return approvePlan(this.world.ports, this.rules, this.click(plan, person), ASSERTION);
  }

  /** Resolves when what no one waits for is done. */
  afterwards(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  settle(): Promise<void> {
    return settleOpenPlans(this.world.ports, this.rules);
  }

  stored(plan: Plan): Plan | undefined {
    return this.world.store.plansByNumber.get(plan.number);
  }

  /** What is recorded, in order, beside scans that ended, without what the chain adds. */
  entries(): AuditEntry[] {
    const records = this.world.store.records.filter(({ event }) => event !== "scan-finished");
    return records.map(
      ({ sequence: _sequence, previousHash: _previous, hash: _hash, planHash: _planHash, ...entry }) => entry,
    );
  }

  /** The newest entry of this kind. */
  recorded(event: AuditEvent): AuditEntry | undefined {
    return this.entries().findLast((entry) => entry.event === event);
  }

  /** What has to be recorded of a plan when this person does it in the room: now, when no time is given. */
  entry(
    { tenantId, number: planNumber, revision }: Plan,
    event: AuditEvent,
    about: Pick<Required<AuditEntry>, "by"> & Partial<Pick<AuditEntry, "at" | "detail">>,
  ): AuditEntry {
    const detail = {};
    return { tenantId, at: this.now(), event, planNumber, revision, conversation: ROOM, detail, ...about };
  }

  /** What the plan keeps of an approval that this person gives it now. */
  approval({ revision }: Plan, by: Person): Approval {
    return { by, at: this.now(), revision, conversation: ROOM };
  }

  /** The answer to a press that came to something: the plan as it is stored now. */
  decided(plan: Plan): { readonly kind: "decided"; readonly plan: Plan | undefined } {
    return { kind: "decided", plan: this.stored(plan) };
  }

  /** The plan as it is open again after an attempt by Grace, now, that wrote nothing. */
  openAsBefore(plan: Plan, [fault, why]: Failure, ids: { readonly requestId?: string } = {}): Plan {
    const note = { kind: "attempt-failed", at: this.now(), approver: GRACE, fault, why, ...ids } as const;
    return { ...plan, version: plan.version + 2, note };
  }

  now(): string {
    return new Date(this.world.time).toISOString();
  }
}
