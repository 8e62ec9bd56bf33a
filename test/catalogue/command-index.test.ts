import { describe, expect, it } from "vitest";
import { commandIndex } from "../../src/catalogue/command-index.js";
import { parseCommand } from "../../src/core/command/parse-command.js";

describe("the commands nearest to a text", () => {
  const { nearest } = commandIndex();

  it.each([
    ["which authenticators do people use", "keys in use"],
    ["what is our policy like", "show policy"],
    ["turn passkeys off", "disable passkeys"],
    ["give the auditor evidense", "evidence"],
  ])("are found for %j", (text, command) => {
    expect(nearest(text)[0]).toBe(command);
  });

  it("make sense by themselves", () => {
    for (const text of ["what would happen if", "who can approve", "lost my key", "Emmy Noether", "guide"]) {
      for (const offer of nearest(text)) expect(parseCommand(offer).kind, offer).not.toBe("ignored");
    }
  });

  it.each(["how is the weather in Lisbon", "", "🎉"])("are none for %j", (text) => {
    expect(nearest(text)).toEqual([]);
  });
});
