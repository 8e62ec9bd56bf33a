import { expect, it } from "vitest";
import { findEmergencyPeople } from "../../../src/core/access/emergency-people.js";
import { FakeWorld } from "../fake-world.js";

const GROUP = "99999999-2222-4222-8222-222222222222";

it("each person counts once, whether named or in a group, and with the name where it is known", async () => {
  const world = new FakeWorld();
  world.addGroup(GROUP, "Break glass", "ada", "grace");
  world.roles.set("ada", []);
  for (const emergencyAccounts of [
    ["ada", GROUP, GROUP],
    [GROUP, "ada"],
  ]) {
    const { people, problems } = await findEmergencyPeople(world.ports, { emergencyAccounts });
    expect(problems).toEqual([]);
    expect(people.map(({ id }) => id).sort()).toEqual(["ada", "grace"]);
  }
});
