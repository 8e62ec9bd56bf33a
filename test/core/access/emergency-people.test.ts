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

it("all are looked up in one request, and as groups only those that are no people", async () => {
  const world = new FakeWorld();
  world.addGroup(GROUP, "Break glass", "grace");
  for (const name of ["ada", "alan"]) world.roles.set(name, []);
  const asked: string[] = [];
  const { directory } = world.ports;
  const ports = {
    directory: {
      ...directory,
      people: (ids: Parameters<typeof directory.people>[0]) => {
        asked.push(`people ${ids.join()}`);
        return directory.people(ids);
      },
      membersOf: (id: Parameters<typeof directory.membersOf>[0]) => {
        asked.push(`group ${id}`);
        return directory.membersOf(id);
      },
    },
  };
  const { people, problems } = await findEmergencyPeople(ports, {
    emergencyAccounts: ["ada", GROUP, "alan", "nobody"],
  });
  expect(asked).toEqual([`people ada,${GROUP},alan,nobody`, `group ${GROUP}`, "group nobody"]);
  expect(people.map(({ id }) => id)).toEqual(["ada", "grace", "alan"]);
  expect(problems).toEqual([{ id: "nobody", why: "unknown" }]);
});
