import { Stop } from "../../async/stop.js";
import { type ReplicaId, replicaId, type TenantId } from "../person.js";
import type { Ports, Replicas } from "../ports.js";
import type { Duty, ReplicaStore } from "../stores.js";
import { Liveness } from "./liveness.js";
import type { RulesInForce } from "./rules-in-force.js";

/** How often a process says that it lives. */
const BEAT_EVERY_MS = 2_000;
/** After so long a silence a process is forgotten even if no other process takes a duty from it. */
const FORGOTTEN_AFTER_MS = 60_000;

interface Outside extends Pick<Ports, "clock" | "log"> {
  readonly store: ReplicaStore;
  /** No other process can use the store meanwhile: then this one need not show again and again that it lives. */
  readonly isAlone?: boolean;
  /** Left out: this process tells no rules, and takes none in. */
  readonly rules?: Pick<RulesInForce, "told" | "observe">;
}

/** This process among those that share the store. It shows that it lives from `start` on, until `stop`. */
export class OwnReplica implements Replicas {
  readonly self: ReplicaId;
  readonly #outside: Outside;
  readonly #tenant: TenantId;
  readonly #liveness = new Liveness();
  readonly #stop = new Stop();
  #beating: Promise<void> | undefined;
  /** Whether the last beat could not be stored. */
  #isSilent = false;

  constructor(outside: Outside, tenant: TenantId) {
    this.#outside = outside;
    this.#tenant = tenant;
    this.self = replicaId(outside.clock.newId());
  }

  /** Resolves with the first beat; the others follow by themselves. @throws Fault when the first cannot be stored */
  async start(): Promise<void> {
    await this.#tellLife();
    await this.lookAtRules();
    const others = this.#liveness.all.filter((replica) => replica !== this.self).length;
    this.#outside.log.info("replica-started", { replica: this.self, others });
    if (!this.#outside.isAlone) this.#beating = this.#beat();
  }

  /** Says goodbye: from now on this process has no duties, and no other process waits for it. Never throws. */
  async stop(): Promise<void> {
    this.#stop.ask();
    await this.#beating;
    try {
      await this.#outside.store.leave(this.self);
    } catch (error) {
      // The others find out by its silence.
      this.#outside.log.warn("replica-not-signed-off", { replica: this.self, error });
    }
  }

  /** How many other processes live, by the store as it is now. @throws Fault */
  async othersAlive(): Promise<number> {
    await this.#observe();
    return this.#liveness.all.filter((replica) => replica !== this.self && !this.#liveness.isGone(replica))
      .length;
  }

  async isGone(replica: ReplicaId): Promise<boolean> {
    if (replica === this.self) return false;
    await this.#observe();
    return this.#liveness.isGone(replica);
  }

  /** Grows whenever another process was found gone: what it had begun, another process has to end. */
  get goneCount(): number {
    return this.#liveness.goneCount;
  }

  /** Asks the store each time: a process that was paused does not know what became of its duties meanwhile. */
  async claim(duty: Duty): Promise<boolean> {
    const { store, log } = this.#outside;
    const holder = await store.holder(this.#tenant, duty);
    await this.#observe();
    // Forgotten by the others after a long pause: a process that is not in the store has no duty.
    if (this.#liveness.silenceMsOf(this.self) === undefined) await this.#tellLife();
    if (holder === this.self) return true;
    if (holder !== undefined && !this.#liveness.isGone(holder)) return false;
    if (!(await store.transfer(this.#tenant, duty, { from: holder, to: this.self }))) return false;
    if (holder !== undefined) {
      log.warn("replica-gone", { replica: holder, duty, takenOverBy: this.self });
      await store.leave(holder);
    }
    return true;
  }

  async release(duty: Duty): Promise<void> {
    await this.#outside.store.transfer(this.#tenant, duty, { from: this.self, to: undefined });
  }

  async lookAtRules(): Promise<void> {
    const { rules, store, isAlone } = this.#outside;
    // There are none but its own.
    if (isAlone) return;
    const [told] = await Promise.all([store.rules(), this.#observe()]);
    if (rules === undefined) return;
    const others = [...told].filter(([replica]) => replica !== this.self && !this.#liveness.isGone(replica));
    rules.observe(others.map(([, each]) => each));
  }

  #tellLife(): Promise<void> {
    const { rules, store } = this.#outside;
    return store.beat(this.self, rules?.told);
  }

  async #beat(): Promise<void> {
    const { clock, log } = this.#outside;
    for (;;) {
      await this.#stop.orAfter(clock, BEAT_EVERY_MS);
      if (this.#stop.isAsked) return;
      try {
        await this.#tellLife();
        await this.lookAtRules();
        await this.#forgetSilent();
        if (this.#isSilent) log.info("replica-heard-again", { replica: this.self });
        this.#isSilent = false;
      } catch (error) {
        if (!this.#isSilent) log.warn("replica-not-heard", { replica: this.self, error });
        this.#isSilent = true;
      }
    }
  }

  async #observe(): Promise<void> {
    const { clock, store } = this.#outside;
    this.#liveness.observe(await store.beats(), clock.elapsed());
  }

  async #forgetSilent(): Promise<void> {
    for (const replica of this.#liveness.all) {
      if (replica === this.self || (this.#liveness.silenceMsOf(replica) ?? 0) < FORGOTTEN_AFTER_MS) continue;
      this.#outside.log.warn("replica-gone", { replica });
      await this.#outside.store.leave(replica);
    }
  }
}
