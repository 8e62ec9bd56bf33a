import type { JsonObject } from "../../../src/core/json.js";
import type { Person } from "../../../src/core/person.js";
import type { WriteResult } from "../../../src/core/ports/acting.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import { ADA, GRACE, JOAN, LINUS } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { inventory } from "../report/fake-reports.js";

/** What Graph does with the next PATCH, and what it says. `late`: it lands a while after. */
export type Behaviour =
  | { readonly says: "accepted" | "nothing"; readonly effect: "now" | "late" | "none" }
  | { readonly says: 503; readonly effect: "now" | "none" }
  | { readonly says: 400 | 403 | 409; readonly effect: "none" }
  /** It says so to so many, and names that many seconds. */
  | {
      readonly says: 429;
      readonly effect: "none";
      readonly times: number;
      readonly retryAfter: number | undefined;
    };

/** A PATCH as the tenant knows it. */
export interface Patch {
  readonly body: JsonObject;
  readonly clientRequestId: string;
  readonly by: Person;
  readonly sentAt: number;
  answer?: Behaviour["says"];
  /** When it took, or will take, effect; undefined: it never does. */
  landsAt?: number;
  landed: boolean;
  /** Whether the process that sent it has the answer. */
  heard: boolean;
}

/** How long a PATCH may be on its way. After that it never arrives. */
const ON_ITS_WAY = 20_000;
/** How long an effect that comes late takes to show. */
const LATE = 5_000;

/** Entra: a policy, people with and without the role, an audit log, and a Graph that answers as it is told. */
export class SimulatedTenant {
  /** The true time, in milliseconds. Every process has a clock of its own. */
  time = Date.parse("2026-11-22T10:00:00.000Z");
  /** Every policy there was; the last one is in force. */
  readonly policies: JsonObject[] = [legacyPolicy({ state: "disabled" })];
  /** From when on each of them was in force. */
  readonly #since: number[] = [0];
  readonly patches: Patch[] = [];
  /** How often somebody edited it in the portal. */
  edits = 0;
  readonly writers: { readonly name: string; readonly at: string; readonly id?: Person["id"] }[] = [];
  /** People who hold an approving role now. */
  readonly approvers = new Set<string>([GRACE.id, JOAN.id]);
  /** In which step somebody lost the role last. */
  readonly lostRoleAt = new Map<string, number>();
  readonly people: readonly Person[] = [ADA, GRACE, JOAN, LINUS];
  behaviour: Behaviour = { says: "accepted", effect: "now" };
  scan: Inventory = inventory([], { scanId: "scan-1" });
  /** Called when a PATCH takes effect. */
  onLanding: (patch: Patch) => void = () => {};

  get policy(): JsonObject {
    return this.policies.at(-1) ?? {};
  }

  #becomes(policy: JsonObject): void {
    this.policies.push(policy);
    this.#since.push(this.time);
  }

  /** The last moment at which a policy was in force that fits; undefined: there was none. */
  lastInForce(fits: (policy: JsonObject) => boolean): number | undefined {
    const last = this.policies.findLastIndex(fits);
    return last === -1 ? undefined : (this.#since[last + 1] ?? this.time);
  }

  /** Somebody edits the policy in the portal. */
  edit(policy: JsonObject): void {
    this.edits += 1;
    this.#becomes(policy);
    this.writers.push({ name: "Eve", at: this.#now() });
  }

  advance(milliseconds: number): void {
    const until = this.time + milliseconds;
    const landing = this.patches.filter((patch) => !patch.landed && (patch.landsAt ?? until) < until);
    for (const patch of landing.sort((a, b) => (a.landsAt ?? 0) - (b.landsAt ?? 0))) {
      this.time = Math.max(this.time, patch.landsAt ?? 0);
      this.#land(patch);
    }
    this.time = until;
  }

  /** A new scan has ended. */
  scanAnew(number: number, complete: boolean): Inventory {
    const at = this.#now();
    const unread = complete ? 0 : 1;
    this.scan = inventory([], {
      scanId: `scan-${number}`,
      startedAt: at,
      finishedAt: at,
      unreadCount: unread,
    });
    return this.scan;
  }

  setRole(person: Person, holds: boolean, step: number): void {
    if (holds) this.approvers.add(person.id);
    else if (this.approvers.delete(person.id)) this.lostRoleAt.set(person.id, step);
  }

  send(patch: Pick<Patch, "body" | "clientRequestId" | "by">): Patch {
    const sent = { ...patch, sentAt: this.time, landed: false, heard: false };
    this.patches.push(sent);
    return sent;
  }

  /** The PATCH arrives, or it took too long for that. @returns the answer */
  receive(patch: Patch): WriteResult {
    const isLost = this.time >= patch.sentAt + ON_ITS_WAY;
    const behaviour: Behaviour = isLost ? { says: "nothing", effect: "none" } : this.behaviour;
    const { says, effect } = behaviour;
    const goesOn = behaviour.says === 429 && behaviour.times > 1;
    this.behaviour = goesOn
      ? { ...behaviour, times: behaviour.times - 1 }
      : { says: "accepted", effect: "now" };
    patch.answer = says;
    if (effect === "late") patch.landsAt = Math.min(this.time + LATE, patch.sentAt + ON_ITS_WAY);
    if (effect === "now") {
      patch.landsAt = this.time;
      this.#land(patch);
    }
    return answer(behaviour);
  }

  #land(patch: Patch): void {
    patch.landed = true;
    this.onLanding(patch);
    const { "@odata.type": _, ...members } = patch.body;
    this.#becomes({ ...this.policy, ...members });
    this.writers.push({ name: patch.by.name, id: patch.by.id, at: this.#now() });
  }

  #now(): string {
    return new Date(this.time).toISOString();
  }
}

function answer(behaviour: Behaviour): WriteResult {
  const { says } = behaviour;
  if (says === "accepted") return { kind: "accepted", requestId: "graph" };
  if (says === "nothing") return { kind: "unclear", why: "the connection was dropped" };
  const asked = behaviour.says === 429 ? behaviour.retryAfter : undefined;
  return {
    kind: "declined",
    status: says,
    code: "declined",
    message: `Graph said ${says}`,
    ...(asked === undefined ? {} : { retryAfterSeconds: asked }),
  };
}
