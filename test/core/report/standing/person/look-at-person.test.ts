import { beforeEach, describe, expect, it } from "vitest";
import { lookAtPerson } from "../../../../../src/core/report/standing/person/look-at-person.js";
import { ADA, FakeWorld, ROOM } from "../../../fake-world.js";

let world: FakeWorld;
beforeEach(async () => {
  world = new FakeWorld();
  world.passkeys.set("emmy noether", []);
  world.passkeys.set("emmy ross", []);
  await world.scan();
  world.store.records.length = 0;
});

const look = (typed?: string) =>
  lookAtPerson(world.ports, world.rules, {
    by: ADA,
    conversation: ROOM,
    ...(typed === undefined ? {} : { typed }),
  });

describe("a look at one person", () => {
  it("is recorded: who looked at whom, when and where", async () => {
    expect(await look("emmy ross")).toMatchObject({ kind: "person" });
    expect(world.store.records).toMatchObject([
      {
        event: "person-looked-at",
        by: ADA,
        at: "2026-11-22T10:00:00.000Z",
        conversation: ROOM,
        detail: { person: { id: "emmy ross", name: "emmy ross" } },
      },
    ]);
  });

  it("shows nothing when it cannot be recorded", async () => {
    world.store.auditBroken = true;
    await expect(look("emmy ross")).rejects.toThrow();
  });

  it.each(["emmy", "nobody at all"])("is none where one person is not meant: %s", async (typed) => {
    expect(await look(typed)).not.toMatchObject({ kind: "person" });
    expect(world.store.records).toEqual([]);
  });

  it("at oneself is not recorded, however it is asked for", async () => {
    expect(await look()).toMatchObject({ kind: "person", person: ADA });
    expect(await look("ada")).toMatchObject({ kind: "person", person: { id: ADA.id } });
    expect(world.store.records).toEqual([]);
  });
});
