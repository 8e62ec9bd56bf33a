import { checkDrift } from "../../../src/core/drift/check-drift.js";
import { personId } from "../../../src/core/person.js";
import { AUTHENTICATOR_IOS } from "../../../src/core/policy/policy.js";
import { ANDROID, IOS, legacyPolicy } from "../../core/policy/sample-policies.js";
import { TeamsWorld } from "../teams-world.js";

/** Restricted to these models. */
export const allow = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
});

/** A tenant that allows two models, of which one person has one. */
export async function restrictedWorld(): Promise<TeamsWorld> {
  const world = await TeamsWorld.start();
  world.tenant.policy = legacyPolicy(allow(IOS, ANDROID));
  world.tenant.passkeys.set("mary", [AUTHENTICATOR_IOS]);
  return world;
}

/** What happens to drifts in the world of a test, and how they are seen. */
export function driftsIn(current: () => TeamsWorld) {
  async function check() {
    const world = current();
    const result = await checkDrift(world.ports, world.tenant.rules);
    await world.quiet();
    return result;
  }
  return {
    check,
    /** The policy is edited outside Latchkey, and the next check finds it. */
    async drift(members: object = allow(ANDROID)): Promise<void> {
      const { tenant } = current();
      if (tenant.store.watch.current === undefined) await check();
      tenant.policy = { ...tenant.policy, ...members };
      await check();
    },
    writtenByEve(): void {
      const { tenant } = current();
      tenant.otherWriters = [{ name: "Eve", id: personId("eve"), at: new Date(tenant.time).toISOString() }];
    },
    said: (place: Parameters<TeamsWorld["card"]>[0]) => JSON.stringify(current().card(place) ?? "no card"),
    stored: (number = 1) => current().tenant.store.watch.drifts.get(number),
    putCalls: () => current().channel.calls.filter((call) => call.method === "PUT"),
  };
}
