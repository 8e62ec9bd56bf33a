import { describe, expect, it } from "vitest";
import { findGroups } from "../../../../src/core/plan/named/find-groups.js";
import { FakeWorld } from "../../fake-world.js";

function asked(...names: string[]) {
  const world = new FakeWorld();
  for (const name of names) world.addGroup(`id of ${JSON.stringify(name)}`, name);
  return async (said: string) => (await findGroups(world.ports, said)).map(({ name }) => name);
}

describe("a group is found by its name", () => {
  it("as it was written, and not by what Unicode would make of it", async () => {
    const found = asked("Pilot™", "PilotTM", "Help\u200bdesk", "Helpdesk", "Ｐｉｌｏｔ");
    expect(await found("Pilot™")).toEqual(["Pilot™"]);
    expect(await found("Helpdesk")).toEqual(["Helpdesk"]);
    expect(await found("Help\u200bdesk")).toEqual(["Help\u200bdesk"]);
    expect(await found("Pilot")).toEqual([]);
  });

  it("as a chat may have changed it: blanks, apostrophes, a full stop, letters of two", async () => {
    const found = asked("Help desk", "Two  blanks", "Directors' Office", "Büro", "Acme Inc.");
    expect(await found("Help\u00a0desk")).toEqual(["Help desk"]);
    expect(await found("Help  desk")).toEqual(["Help desk"]);
    expect(await found("Two \u00a0blanks")).toEqual(["Two  blanks"]);
    expect(await found("Directors’ Office")).toEqual(["Directors' Office"]);
    expect(await found("Bu\u0308ro")).toEqual(["Büro"]);
    expect(await found("Help desk.")).toEqual(["Help desk"]);
    expect(await found("Acme Inc.")).toEqual(["Acme Inc."]);
  });

  it("all of them, where several could have been meant: the person is asked", async () => {
    const found = asked("Help\u00a0desk", "Help desk", "Help  desk");
    expect(await found("Help\u00a0desk")).toEqual(["Help\u00a0desk", "Help desk"]);
    expect(await found("Help desk")).toEqual(["Help desk"]);
  });
});

describe("a group that is not found as it was said", () => {
  it.each([
    "the Helpdesk",
    "the Helpdesk team",
    "group Helpdesk",
    "Helpdesk now",
    "'Helpdesk'",
    "the group called Helpdesk.",
    "\u200fHelpdesk\u200f",
    "‘Helpdesk\u200b’",
  ])("is found without the words around its name: %j", async (said) => {
    expect(await asked("Helpdesk")(said)).toEqual(["Helpdesk"]);
  });

  it("with as many of those words as belong to its name", async () => {
    expect(await asked("Security Team", "Security")("the security team too")).toEqual(["Security Team"]);
    expect(await asked("Security")("the security team too")).toEqual(["Security"]);
  });

  it("keeps its name where a group has it with those words", async () => {
    const found = asked("The Helpdesk", "Helpdesk", "Pilot", "Pilot team");
    expect(await found("The Helpdesk")).toEqual(["The Helpdesk"]);
    expect(await found("Pilot team")).toEqual(["Pilot team"]);
    expect(await found("the Sales team")).toEqual([]);
  });
});
