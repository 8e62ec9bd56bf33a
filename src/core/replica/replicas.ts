import { Stop } from "../../async/stop.js";
import { type ReplicaId, replicaId, type TenantId } from "../person.js";
import type { Ports, Replicas } from "../ports.js";
import type { Duty, ReplicaStore } from "../stores.js";
import { HeardReplicas } from "./heard.js";

/** How often a process says that it lives, in milliseconds. */
const BEAT_EVERY = 2_000;
/** After so long a silence, in milliseconds, a process is forgotten even if nobody takes anything over from it. */
const FORGOTTEN_AFTER = 60_000;

interface Outside extends Pick<Ports, "clock" | "log"> {
  readonly store: ReplicaStore;
  /** No other process can use the store meanwhile: then nobody needs to hear this one again and again. */
  readonly isAlone?: boolean;
}

/** This process among those that share the store. It is heard from `start` on, until `stop`. */
export class OwnReplica implements Replicas {
  readonly self: ReplicaId;
  readonly #outside: Outside;
  readonly #tenant: TenantId;
  readonly #heard = new HeardReplicas();
  readonly #stop = new Stop();
  #beating: Promise<void> | undefined;
  /** Whether the last beat could not be stored. */
  #isMute = false;

  constructor(outside: Outside, tenant: TenantId) {
    this.#outside = outside;
    this.#tenant = tenant;
    this.self = replicaId(outside.clock.newId());
  }

  /** Resolves with the first beat; the others follow by themselves. @throws Fault when the first cannot be stored */
  async start(): Promise<void> {
    await this.#outside.store.beat(this.self);
    await this.#look();
    const others = this.#heard.all.filter((replica) => replica !== this.self).length;
    this.#outside.log.info("replica-started", { replica: this.self, others });
    if (!this.#outside.isAlone) this.#beating = this.#beat();
  }

  /** Says goodbye: from now on this process has no duties, and nobody waits for it. Never throws. */
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

  async isGone(replica: ReplicaId): Promise<boolean> {
    if (replica === this.self) return false;
    await this.#look();
    return this.#heard.isGone(replica);
  }

  /** Grows whenever another process was found gone: what it had begun, somebody else has to end. */
  get departures(): number {
    return this.#heard.departures;
  }

  /** Asks the store each time: a process that was paused does not know what became of its duties meanwhile. */
  async hold(duty: Duty): Promise<boolean> {
    const { store, log } = this.#outside;
    const holder = await store.holder(this.#tenant, duty);
    await this.#look();
    // Forgotten by the others after a long pause: whoever is not in the store has nothing.
    if (this.#heard.silenceOf(this.self) === undefined) await store.beat(this.self);
    if (holder === this.self) return true;
    if (holder !== undefined && !this.#heard.isGone(holder)) return false;
    if (!(await store.pass(this.#tenant, duty, { from: holder, to: this.self }))) return false;
    if (holder !== undefined) {
      log.warn("replica-gone", { replica: holder, duty, takenOverBy: this.self });
      await store.leave(holder);
    }
    return true;
  }

  async release(duty: Duty): Promise<void> {
    await this.#outside.store.pass(this.#tenant, duty, { from: this.self, to: undefined });
  }

  async #beat(): Promise<void> {
    const { clock, log, store } = this.#outside;
    for (;;) {
      await this.#stop.orAfter(clock, BEAT_EVERY);
      if (this.#stop.isAsked) return;
      try {
        await store.beat(this.self);
        await this.#look();
        await this.#forgetSilent();
        if (this.#isMute) log.info("replica-heard-again", { replica: this.self });
        this.#isMute = false;
      } catch (error) {
        if (!this.#isMute) log.warn("replica-not-heard", { replica: this.self, error });
        this.#isMute = true;
      }
    }
  }

  async #look(): Promise<void> {
    const { clock, store } = this.#outside;
    this.#heard.look(await store.beats(), clock.elapsed());
  }

  async #forgetSilent(): Promise<void> {
    for (const replica of this.#heard.all) {
      if (replica === this.self || (this.#heard.silenceOf(replica) ?? 0) < FORGOTTEN_AFTER) continue;
      this.#outside.log.warn("replica-gone", { replica });
      await this.#outside.store.leave(replica);
    }
  }
}
