import { describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import { unknownGroup } from "../../../../src/core/plan/named/unknown-group.js";
import { FakeWorld } from "../../fake-world.js";

function worldWith(...names: string[]): FakeWorld {
  const world = new FakeWorld();
  for (const name of names) world.addGroup(`id of ${name}`, name);
  return world;
}

const nearTo = async (world: FakeWorld, said: string) =>
  (await unknownGroup(world.ports, said, [])).near?.map(({ name }) => name);

describe("a name that no group has", () => {
  it.each(["Helpdeskk", "Helpdesks", "Hepldesk", "the help desk", "help-desk now"])(
    "is that of a group with a slip: %j",
    async (said) => {
      expect(await nearTo(worldWith("Pilot", "Helpdesk"), said)).toEqual(["Helpdesk"]);
    },
  );

  it.each(["Sales", "Help", "IT", "Helpdesk Berlin"])("is no slip of another name: %j", async (said) => {
    expect(await nearTo(worldWith("Pilot", "Helpdesk", "HR"), said)).toBeUndefined();
  });

  it("may be near several, the nearest first", async () => {
    const world = worldWith("Sales Nort", "Sales Norths", "Sales North EMEA");
    expect(await nearTo(world, "Sales North")).toEqual(["Sales Nort", "Sales Norths"]);
  });

  it("may be a person's", async () => {
    const world = worldWith("Pilot");
    world.roles.set("Emmy Noether", []);
    expect(await unknownGroup(world.ports, "the emmy noether", [])).toEqual({
      name: "the emmy noether",
      instead: { kind: "person", name: "Emmy Noether" },
    });
  });

  it("stays one where the directory does not answer", async () => {
    const world = worldWith("Helpdesk");
    const directory = {
      ...world.ports.directory,
      allGroups: () => Promise.reject(new Fault("graph-unavailable", "no answer")),
    };
    expect(await unknownGroup({ ...world.ports, directory }, "Helpdeskk", [])).toEqual({ name: "Helpdeskk" });
  });
});
