import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { installationFrom, membersAddedFrom } from "../../../simulators/teams/activities.js";
import { Fault } from "../../../src/core/errors.js";
import { type Person, personId } from "../../../src/core/person.js";
import { ADA, GRACE, GROUP, type Place, personal, TeamsWorld } from "../teams-world.js";

const EMMY = { id: personId("cccccccc-0000-4000-8000-000000000009"), name: "Emmy Noether" };
let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

/** As Teams does it: the one and the other, at about the same time. */
async function install(person: Person, place: Place = personal(person)): Promise<void> {
  await Promise.all([
    world.channel.send(membersAddedFrom(world.channel.teams, person, place)),
    world.channel.send(installationFrom(world.channel.teams, person, place)),
  ]);
  await world.quiet();
}

const posts = (place: Place) => world.channel.posts(place.id);

describe("a welcome", () => {
  it("comes once, though Teams says twice that the bot was installed, and an update says it again", async () => {
    await install(ADA);
    expect(posts(personal(ADA))).toHaveLength(1);
    const update = { ...installationFrom(world.channel.teams, ADA, personal(ADA)), action: "add-upgrade" };
    await world.channel.send(update);
    await install(ADA);
    await world.quiet();
    expect(posts(personal(ADA))).toHaveLength(1);
  });

  it("does not come where the bot was spoken to before", async () => {
    await world.say(ADA, "help");
    await install(ADA);
    expect(posts(personal(ADA))).toHaveLength(1);
  });

  it("shows an administrator three things to try, and what is missing", async () => {
    await install(ADA);
    const card = JSON.stringify(world.card(personal(ADA)));
    for (const words of [
      "status",
      "keys in use",
      "what if we enable passkeys",
      "say scan",
      "No room for approvals",
      "EMERGENCY_ACCOUNTS",
    ])
      expect(card).toContain(words);
    expect(card).not.toContain("You may approve");
  });

  it("tells an approver what will come, and from whom", async () => {
    await install(GRACE);
    expect(JSON.stringify(world.card(personal(GRACE)))).toContain(
      "When an administrator here asks for a change",
    );
  });

  it("tells everybody else about the guide and the help desk, and nothing of the tenant", async () => {
    await install(EMMY);
    const card = JSON.stringify(world.card(personal(EMMY)));
    expect(card).toMatch(/help desk[\s\S]*guide ios/);
    expect(card).not.toMatch(/PIM|approv/i);
  });

  it("says in a room when it answers there", async () => {
    await install(ADA, GROUP);
    expect(world.texts(GROUP)).toEqual([expect.stringContaining("when I am mentioned")]);
  });

  it("comes without a role, where that cannot be looked up", async () => {
    world.tenant.ports.directory.activeRoles = () => Promise.reject(new Fault("graph-unavailable", "503"));
    await install(ADA);
    expect(world.texts(personal(ADA))).toEqual([expect.stringContaining("Say `help`")]);
  });
});
