import { afterEach, beforeEach, expect, it } from "vitest";
import { personId } from "../../../src/core/person.js";
import { ADA, TeamsWorld } from "../teams-world.js";

const BREAKGLASS = personId("cccccccc-0000-4000-8000-00000000000e");

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start({ emergencyAccounts: [BREAKGLASS] });
});
afterEach(() => world.stop());

it("asks for the emergency accounts and the policy before it is known whether the person may see them, of one who was let in before", async () => {
  await world.say(ADA, "show policy");
  const { directory, tenant } = world.ports;
  const { activeRoles, people } = directory;
  const { readPolicy } = tenant;
  let [accounts, policies] = [0, 0];
  let bothAreAsked = (): void => {};
  const asked = new Promise<void>((resolve) => {
    bothAreAsked = () => accounts > 0 && policies > 0 && resolve();
  });
  directory.people = async (ids) => {
    if (ids.includes(BREAKGLASS)) accounts += 1;
    bothAreAsked();
    return people(ids);
  };
  tenant.readPolicy = async () => {
    policies += 1;
    bothAreAsked();
    return readPolicy();
  };
  directory.activeRoles = async (id) => {
    await asked;
    return activeRoles(id);
  };
  await world.say(ADA, "show policy");
  expect([accounts, policies]).toEqual([1, 1]);
});
