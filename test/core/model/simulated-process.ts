import { Fault } from "../../../src/core/errors.js";
import { replicaId } from "../../../src/core/person.js";
import type { Clock, Ports, Rules } from "../../../src/core/ports.js";
import type { DeferredStore, WatchStore } from "../../../src/core/stores.js";
import { FakeScanStore } from "../fake-scan-store.js";
import type { ModelWorld } from "./model-world.js";

type Call = (...parameters: unknown[]) => Promise<unknown>;

/** What differs from one life of a process to the next. */
export interface Life {
  readonly approvalsRequired: number;
  readonly allowSelfApproval: boolean;
  /** By how much its clock is wrong, in milliseconds. */
  readonly clockOff: number;
}

/**
 * One run of the program on the shared store. Everything it asks for goes through the traffic, there and back; once
 * it is dead it hears nothing any more, and what was on its way may still be done.
 */
export class SimulatedProcess {
  readonly world: ModelWorld;
  readonly name: string;
  readonly life: Life;
  readonly ports: Ports;
  readonly rules: Rules;
  readonly startedAt: number;
  diedAt: number | undefined;
  /** For how long its machine slept: then nothing in it goes on, its own clock neither. */
  slept = 0;
  /** By how much its clock is wrong now, in milliseconds. */
  clockOff: number;
  /** The other processes believe that it is gone, though it lives; or did so once. */
  isMistakenForGone = false;
  wasMistakenForGone = false;
  #ids = 0;

  constructor(world: ModelWorld, name: string, life: Life) {
    this.world = world;
    this.name = name;
    this.life = life;
    this.clockOff = life.clockOff;
    this.startedAt = world.tenant.time;
    const { ports, rules } = world.rest;
    const { clockOff: _, ...own } = life;
    this.rules = { ...rules, ...own };
    this.ports = {
      ...ports,
      clock: this.#clock(),
      ...this.#graph(),
      ...this.#store(),
      replicas: {
        ...ports.replicas,
        self: replicaId(name),
        isGone: this.#through("isGone", async (replica) => world.isGone(String(replica))),
      },
      // Cards are not part of this.
      announcer: { ...ports.announcer, planChanged: async () => {} },
      alteredPlans: new Map(),
      inHand: new Set<string>(),
    };
  }

  get isAlive(): boolean {
    return this.diedAt === undefined;
  }

  mistake(gone: boolean): void {
    this.isMistakenForGone = gone;
    this.wasMistakenForGone ||= gone;
  }

  die(lost: boolean): void {
    this.diedAt ??= this.world.tenant.time;
    this.world.traffic.cutOff(this.name, lost);
  }

  #clock(): Clock {
    const { tenant, traffic } = this.world;
    return {
      now: () => new Date(tenant.time + this.clockOff),
      elapsed: () => tenant.time - this.startedAt - this.slept,
      sleep: (milliseconds) =>
        traffic.pass({
          process: this.name,
          what: "slept",
          direction: "back",
          from: tenant.time + milliseconds,
        }),
      newId: () => `${this.name}-${++this.#ids}`,
    };
  }

  #graph(): Pick<Ports, "tenant" | "directory" | "actAs"> {
    const { world } = this;
    const { tenant, rest } = world;
    return {
      tenant: {
        readPolicy: this.#through("readPolicy", async () => tenant.policy),
        readStrengths: async () => [],
        policyWritersSince: this.#through("policyWritersSince", async (since) =>
          tenant.writers.filter((writer) => writer.at >= String(since)),
        ),
      },
      directory: {
        ...rest.ports.directory,
        activeRoles: this.#through("activeRoles", async (person) => world.rolesOf(String(person))),
      },
      actAs: {
        onBehalfOf: this.#through("onBehalfOf", async (assertion) => ({
          kind: "signed-in",
          writer: {
            patchPolicy: async (body, clientRequestId) => {
              const patch = world.send(assertion, { body, clientRequestId });
              const answer = await this.#through("PATCH", async () => tenant.receive(patch))();
              patch.heard = true;
              return answer;
            },
          },
        })),
      },
    };
  }

  #store(): Pick<Ports, "plans" | "audit" | "scans" | "deferred" | "watch"> {
    const { store, tenant } = this.world;
    const { plans, audit, deferred, watch } = store;
    return {
      watch: this.#all<WatchStore>("watch", {
        ...pickWatch(watch),
        replaceDrift: async (next, records, baseline) => {
          const stored = await watch.replaceDrift(next, records, baseline);
          if (stored !== undefined && baseline !== undefined) this.world.accepted(stored, records);
          return stored;
        },
      }),
      plans: this.#all("plans", {
        ...plans,
        replace: async (next, records, rebase) => {
          const before = store.plansByNumber.get(next.number);
          if (before?.version === next.version) this.world.replacing(before, next, records);
          const result = await plans.replace(next, records, rebase);
          this.world.replaced(this, before, result);
          return result;
        },
      }),
      audit: { ...this.#all("audit", audit), isProven: audit.isProven },
      deferred: this.#all<DeferredStore>("deferred", {
        add: (change) => deferred.add(change),
        all: (tenantId) => deferred.all(tenantId),
        remove: (id, record) => deferred.remove(id, record),
      }),
      scans: Object.assign(new FakeScanStore(), {
        latest: this.#through("scans.latest", async () => tenant.scan),
        // Nobody has a passkey here: whom a plan concerns is not the question.
        keyholders: async function* nobody() {},
      }),
    };
  }

  #all<T extends object>(name: string, port: T): T {
    const calls = Object.entries(port).map(([key, call]) => [
      key,
      this.#through(`${name}.${key}`, call as Call),
    ]);
    return Object.fromEntries(calls) as T;
  }

  /** A call as it goes over a network: it arrives later, or never, and so does its answer. */
  #through<Parameters extends readonly unknown[], Result>(
    what: string,
    call: (...parameters: Parameters) => Promise<Result>,
  ): (...parameters: Parameters) => Promise<Result> {
    const { traffic, tenant, faults } = this.world;
    return async (...parameters) => {
      const way = { process: this.name, what, from: tenant.time };
      await traffic.pass({ ...way, direction: "there" });
      const fault = faults.take(what);
      if (fault?.when === "before") return this.#answer(way, Promise.reject(fault.error));
      const result = call(...parameters);
      return this.#answer(way, fault === undefined ? result : result.then(() => Promise.reject(fault.error)));
    };
  }

  async #answer<Result>(way: { process: string; what: string; from: number }, result: Promise<Result>) {
    const settled = await Promise.allSettled([result]);
    if (!this.isAlive) return new Promise<Result>(() => {});
    await this.world.traffic.pass({ ...way, direction: "back" });
    const [outcome] = settled;
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }
}

function pickWatch(watch: WatchStore): WatchStore {
  const {
    baseline,
    recorded,
    setFirst,
    sawBaseline,
    openDrift,
    lastDrift,
    findDrift,
    readThrough,
    beginDrift,
    replaceDrift,
  } = watch;
  return {
    baseline,
    recorded,
    setFirst,
    sawBaseline,
    openDrift,
    lastDrift,
    findDrift,
    readThrough,
    beginDrift,
    replaceDrift,
  };
}

/** What fails next, once. */
export class Faults {
  #next: { readonly port: RegExp; readonly when: "before" | "after"; readonly error: Fault } | undefined;

  /** @param when whether it fails before anything was done, or only the answer is lost */
  set(which: "store" | "policy" | "throttled" | "directory", when: "before" | "after"): void {
    const port = {
      store: /^(plans|audit|watch)\./,
      policy: /^readPolicy$/,
      throttled: /^readPolicy$/,
      directory: /^activeRoles$/,
    }[which];
    const graph = which === "throttled" ? "graph-throttled" : "graph-unreachable";
    const error = new Fault(which === "store" ? "store-unavailable" : graph, "a simulated fault", {
      ...(which === "throttled" ? { retryAfterSeconds: 12 } : {}),
    });
    this.#next = { port, when, error };
  }

  take(what: string) {
    const next = this.#next;
    if (next === undefined || !next.port.test(what)) return undefined;
    this.#next = undefined;
    return next;
  }

  clear(): void {
    this.#next = undefined;
  }
}
