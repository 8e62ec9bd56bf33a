import { sharedLookups } from "../../../src/core/access/shared-lookups.js";
import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import { beginApproval } from "../../../src/core/approval/begin-approval.js";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import type { AuditEntry, AuditRecord } from "../../../src/core/audit/record.js";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import { acceptDrift } from "../../../src/core/drift/accept-drift.js";
import { checkDrift } from "../../../src/core/drift/check-drift.js";
import type { Drift } from "../../../src/core/drift/drift.js";
import { Fault } from "../../../src/core/errors.js";
import { conversationId, type Person, UserAssertion } from "../../../src/core/person.js";
import { answerDeferred } from "../../../src/core/plan/answer-deferred.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { DirectoryRole } from "../../../src/core/ports.js";
import { viewPlan } from "../../../src/core/report/report.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import { scanEntry } from "../../../src/core/scan/scan-entry.js";
import type { Replaced } from "../../../src/core/stores/plan-store.js";
import { FakeStore } from "../fake-store.js";
import { FakeWorld, GRACE } from "../fake-world.js";
import { pressed, pressedDrift } from "../pressed-cards.js";
import { scan } from "../report/fake-reports.js";
import { Faults, type Life, SimulatedProcess } from "./simulated-process.js";
import { type Patch, SimulatedTenant } from "./simulated-tenant.js";
import { everythingElse, Traffic } from "./traffic.js";
import { type Action, Witness } from "./witness.js";

/** How long a process has to be silent to be taken for gone, in milliseconds. */
const SILENT_FOR = 10_000;
/** So many pieces of traffic are more than any action has. */
const MOST = 2_000;

/** One tenant, one store, two processes, and people who press buttons: whatever happens is witnessed. */
export class ModelWorld {
  readonly traffic = new Traffic();
  readonly tenant = new SimulatedTenant();
  readonly store = new FakeStore();
  readonly faults = new Faults();
  readonly rest = new FakeWorld();
  readonly witness = new Witness(this.tenant, this.store);
  readonly processes: SimulatedProcess[] = [];
  readonly actions = new Map<string, Action>();
  /** What threw although nothing outside failed, or broke a rule. */
  readonly mistakes: unknown[] = [];
  step = 0;
  #underWay = new Map<string, SimulatedProcess>();
  #lives = 0;
  #scans = 1;

  constructor(lives: readonly Life[]) {
    this.tenant.onLanding = (patch) => this.witness.landed(patch);
    this.#record(this.tenant.scan);
    for (const life of lives) this.processes.push(this.#start(life));
  }

  /** The end of a scan is on record, and the scan names that record. */
  #record(ended: Inventory): Inventory {
    void this.store.audit.append(scanEntry(this.rest.rules.tenantId, ended));
    const { sequence } = this.store.records.at(-1) as AuditRecord;
    this.tenant.scan = { ...ended, recordedAs: sequence };
    return this.tenant.scan;
  }

  // --- What the processes ask of the world ---------------------------------------------------------

  rolesOf(person: string): readonly DirectoryRole[] {
    const approving = this.rest.roles.get(GRACE.id) ?? [];
    return this.tenant.approvers.has(person) ? approving : [];
  }

  isGone(name: string): boolean {
    const process = this.processes.find((each) => each.name === name);
    if (process === undefined) return true;
    const silentSince = process.diedAt ?? Number.POSITIVE_INFINITY;
    return process.isMistakenForGone || this.tenant.time - silentSince >= SILENT_FOR;
  }

  replacing(before: Plan, next: Plan, entries: readonly AuditEntry[]): void {
    this.#witnessed(() => this.witness.replacing(before, next, entries));
  }

  replaced(process: SimulatedProcess, before: Plan | undefined, result: Replaced): void {
    if (result.kind !== "replaced" || before === undefined) return;
    const { actions } = this;
    const isInHand = (action: string) => {
      const at = this.#underWay.get(action);
      return at?.isAlive === true && !at.wasMistakenForGone;
    };
    const about = { by: process.name, rules: process.rules, actions, isInHand };
    this.#witnessed(() => this.witness.stored(before, result.plan, result.records, about));
  }

  accepted(drift: Drift, records: readonly AuditEntry[]): void {
    this.#witnessed(() => this.witness.accepted(drift, records, this.actions));
  }

  send(assertion: UserAssertion, patch: Pick<Patch, "body" | "clientRequestId">): Patch {
    const by = this.tenant.people.find(({ id }) => id === this.actions.get(assertion.reveal())?.by);
    const sent = this.tenant.send({ ...patch, by: by ?? GRACE });
    this.#witnessed(() => this.witness.sent(sent));
    return sent;
  }

  // --- What people and time do ---------------------------------------------------------------------

  propose(at: number, requester: Person, command: ChangeCommand): void {
    this.#act(at, requester, undefined, ({ ports, rules }, conversation) =>
      proposeChange(ports, rules, { command, typed: command.kind, requester, conversation }),
    );
  }

  approve(at: number, person: Person, plan: Plan, revision: number): void {
    this.#act(at, person, revision, async ({ ports: all, rules }, conversation) => {
      const click = pressed({ ...plan, revision }, person, conversation);
      const ports = { ...all, directory: sharedLookups(all) };
      const assertion = new UserAssertion(conversation);
      const begun = await beginApproval(ports, rules, click, assertion);
      return approvePlan(ports, rules, click, assertion, begun);
    });
  }

  reject(at: number, person: Person, plan: Plan): void {
    this.#act(at, person, plan.revision, ({ ports, rules }, conversation) => {
      return rejectPlan(ports, rules, pressed(plan, person, conversation), "no");
    });
  }

  cancel(at: number, person: Person, plan: Plan): void {
    this.#act(at, person, undefined, ({ ports, rules }, conversation) =>
      cancelPlan(ports, rules, { planNumber: plan.number, person, conversation }),
    );
  }

  show(at: number, plan: Plan): void {
    this.#act(at, GRACE, undefined, ({ ports, rules }) => viewPlan(ports, rules, plan.number));
  }

  settle(at: number): void {
    this.#act(at, GRACE, undefined, ({ ports, rules }) => settleOpenPlans(ports, rules));
  }

  watch(at: number): void {
    this.#act(at, GRACE, undefined, ({ ports, rules }) => checkDrift(ports, rules));
  }

  /** @param old the card shows the revision before */
  accept(at: number, person: Person, old: boolean): void {
    const drift = this.store.watch.drifts.get(this.store.watch.drifts.size);
    if (drift === undefined) return;
    const revision = drift.revision - (old ? 1 : 0);
    this.#act(at, person, revision, ({ ports, rules }, conversation) => {
      const click = pressedDrift({ ...drift, revision }, person, conversation);
      return acceptDrift(ports, rules, click, "it is meant to be so");
    });
  }

  /** A scan has ended; somebody had pressed "Scan now" on the plan, if there is one. */
  scanEnds(at: number, plan: Plan | undefined, complete: boolean): void {
    this.#act(at, GRACE, undefined, async ({ ports, rules }, conversation) => {
      const { tenantId } = rules;
      const asked = {
        tenantId,
        person: GRACE,
        conversation,
        askedAt: new Date(this.tenant.time).toISOString(),
      };
      if (plan !== undefined) {
        await ports.deferred.add({ ...asked, id: conversation, kind: "revise", planNumber: plan.number });
      }
      const inventory = this.#record(this.tenant.scanAnew(++this.#scans, complete));
      await answerDeferred(ports, rules, { kind: "finished", scan: scan(), inventory });
    });
  }

  /** What the policy is not: passkeys on, or off. */
  get opposite(): "enable" | "disable" {
    return this.tenant.policy.state === "enabled" ? "disable" : "enable";
  }

  crash(at: number, lost: boolean): void {
    this.processes[at]?.die(lost);
  }

  restart(at: number, life: Life): void {
    this.processes[at]?.die(true);
    const started = this.#start(life);
    // The old one stays known, so that it can be told that it is gone.
    const old = this.processes[at];
    if (old !== undefined) this.processes.push(old);
    this.processes[at] = started;
  }

  /** @param asleep its machine sleeps meanwhile */
  pass(milliseconds: number, asleep?: number): void {
    this.#witnessed(() => this.tenant.advance(milliseconds));
    const sleeper = asleep === undefined ? undefined : this.processes[asleep];
    if (sleeper !== undefined) sleeper.slept += milliseconds;
  }

  /** @param only this process; the other one stands still, and does not know it */
  async proceed(picks: readonly number[], only?: number): Promise<void> {
    const of = only === undefined ? undefined : this.processes[only]?.name;
    for (const pick of picks) if (!(await this.#next(pick, of))) return;
  }

  /** Everything that is under way comes to its end. @param only what this process does */
  async finish(only?: number): Promise<void> {
    const of = only === undefined ? undefined : this.processes[only]?.name;
    for (let moved = 0; moved < MOST && this.#isBusy(of); moved += 1) await this.#next(moved * 7, of);
    await everythingElse();
    if (this.#isBusy(of)) this.mistakes.push(new Error(`never ends: ${[...this.#underWay.keys()].join()}`));
  }

  /** Everybody lives again, nothing fails any more, and time passes. @param settles the process with the duty to settle */
  async recover(settles: number): Promise<void> {
    this.faults.clear();
    this.tenant.behaviour = { says: "accepted", effect: "now" };
    for (const [at, process] of this.processes.slice(0, 2).entries()) {
      process.isMistakenForGone = false;
      if (!process.isAlive) this.restart(at, process.life);
    }
    await this.finish();
    for (let round = 0; round < 6; round += 1) {
      // One process has that duty; the other one looks after what it lost itself.
      this.settle(settles);
      await this.finish();
      await this.#everythingMoves();
      this.pass(15_000);
    }
    for (const { ports, name } of this.processes.slice(0, 2)) {
      if (ports.inHand.size > 0) this.mistakes.push(new Error(`${name} holds on to a write`));
    }
    this.#witnessed(() => this.witness.atTheEnd());
    await this.#lookTwice(settles);
    this.#witnessed(() => this.witness.drift());
    this.look();
  }

  look(): void {
    this.step += 1;
    this.#witnessed(() => this.witness.look());
    this.mistakes.push(...this.rest.errors.filter(({ event }) => event === "plan-not-settled"));
    if (this.mistakes.length > 0) throw this.mistakes[0];
  }

  // --------------------------------------------------------------------------------------------------

  #start(life: Life): SimulatedProcess {
    this.#lives += 1;
    return new SimulatedProcess(this, `process ${this.#lives}`, life);
  }

  #act(
    at: number,
    person: Person,
    revision: number | undefined,
    work: (process: SimulatedProcess, conversation: ReturnType<typeof conversationId>) => Promise<unknown>,
  ): void {
    const process = this.#alive(at);
    if (process === undefined) return;
    const id = `action ${this.actions.size + 1}`;
    this.actions.set(id, { id, by: person.id, revision, beganAt: this.step });
    this.#underWay.set(id, process);
    void work(process, conversationId(id))
      .catch((error: unknown) => {
        if (!(error instanceof Fault)) this.mistakes.push(error);
      })
      .finally(() => this.#underWay.delete(id));
  }

  /** This process, or the other one when it is dead. */
  #alive(at: number): SimulatedProcess | undefined {
    const both = [this.processes[at], this.processes[1 - at]];
    return both.find((process) => process?.isAlive);
  }

  async #next(pick: number, of?: string): Promise<boolean> {
    this.step += 1;
    if (await this.traffic.letThrough(pick, this.tenant.time, of)) return true;
    const wakesAt = this.traffic.nextAt(this.tenant.time, of);
    if (wakesAt === undefined) return false;
    this.pass(wakesAt - this.tenant.time);
    return this.traffic.letThrough(pick, this.tenant.time, of);
  }

  /** The first look may only set what the policy is compared with. */
  async #lookTwice(at: number): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      this.pass(30_000);
      this.watch(at);
      await this.finish();
    }
  }

  async #everythingMoves(): Promise<void> {
    for (let moved = 0; moved < MOST; moved += 1) {
      if (!(await this.traffic.letThrough(0, this.tenant.time))) return;
    }
  }

  #isBusy(of?: string): boolean {
    return [...this.#underWay.values()].some(
      (process) => process.isAlive && (of === undefined || process.name === of),
    );
  }

  /** A rule that is broken must not look like a fault to the program. */
  #witnessed(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.mistakes.push(error);
    }
  }
}
