import { acceptDrift, type DriftClick } from "../../../src/core/drift/accept-drift.js";
import { checkDrift } from "../../../src/core/drift/check-drift.js";
import type { Drift } from "../../../src/core/drift/drift.js";
import type { JsonObject } from "../../../src/core/json.js";
import { PlanStory } from "../apply/plan-story.js";
import { pressedDrift } from "../pressed-cards.js";

/** A tenant whose policy is watched, and somebody who edits it in the portal. */
export class WatchStory extends PlanStory {
  check() {
    return checkDrift(this.world.ports, this.rules);
  }

  /** Somebody changes the policy outside Latchkey. */
  edit(members: JsonObject): void {
    this.world.policy = { ...this.world.policy, ...members };
  }

  /** An edit that the next check finds. */
  async drift(members: JsonObject = { isSelfServiceRegistrationAllowed: false }): Promise<Drift> {
    await this.check();
    this.edit(members);
    const check = await this.check();
    if (check.kind !== "drift") throw new Error(`no drift but ${check.kind}`);
    return check.drift;
  }

  accept(drift: Drift, reason = "the help desk asked for it", click: Partial<DriftClick> = {}) {
    return acceptDrift(this.world.ports, this.rules, { ...pressedDrift(drift), ...click }, reason);
  }
}
