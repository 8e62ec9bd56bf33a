import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

/** The names of groups that a message asks for. */
function named(text: string): readonly string[] | undefined {
  const parsed = parseCommand(text);
  if (parsed.kind !== "command" || parsed.command.kind !== "enable") return undefined;
  const { targets } = parsed.command.options;
  return targets?.kind === "groups" ? targets.names : undefined;
}

describe("the name of a group is taken as it was written", () => {
  it.each([
    ["in wide letters", "Ｐｉｌｏｔ"],
    ["with a sign that NFKC takes apart", "Pilot™ ½ ﬁne"],
    ["with a zero-width space", "Pi\u200blot"],
    ["with two blanks", "Help  desk"],
    ["with a no-break space", "Help\u00a0desk"],
    ["with a thin blank", "Help\u2009desk"],
    ["with letters that are composed of two", "Bu\u0308ro"],
    ["with an apostrophe of a phone", "Directors’ Office"],
    ["with symbols", "R&D (EU) #1 / ops+test"],
    ["with a full stop at its end", "Acme Inc."],
  ])("%s", (_, name) => {
    expect(named(`enable passkeys for group ${name}`)).toEqual([name]);
    expect(named(`enable passkeys for group "${name}" with attestation`)).toEqual([name]);
    expect(named(`enable passkeys for group “${name}”`)).toEqual([name]);
  });

  it.each(["Pilot™", "Help  desk", "Büro (Nord, Süd)", "Acme Inc."])("also to be added: %j", (name) => {
    expect(parseCommand(`add group ${name}`)).toMatchObject({ command: { groups: [name] } });
    expect(parseCommand(`exclude group "${name}"`)).toMatchObject({ command: { groups: [name] } });
  });

  it("with quotation marks of another kind than those around it", () => {
    expect(named('enable passkeys for group "Team “Nord”"')).toEqual(["Team “Nord”"]);
    expect(named('enable passkeys for group “Team "Nord"”')).toEqual(['Team "Nord"']);
    expect(named("enable passkeys for group «Équipe»")).toEqual(["Équipe"]);
    expect(named('enable passkeys for group “Pilot"')).toEqual(["Pilot"]);
  });

  it("while the command itself is recognised in any form", () => {
    expect(named("ｅｎａｂｌｅ passkeys\u00a0for group　Pilot， Sales")).toEqual(["Pilot", "Sales"]);
    expect(parseCommand("ｓｈｏｗ １２")).toMatchObject({ command: { planNumber: 12 } });
    const profile = parseCommand("enable passkeys in profile Synced.");
    expect(profile).toMatchObject({ command: { options: { profile: "Synced" } } });
  });
});
