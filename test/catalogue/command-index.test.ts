import { describe, expect, it } from "vitest";
import { commandIndex } from "../../src/catalogue/command-index.js";

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

  it.each(["how is the weather in Lisbon", "", "🎉"])("are none for %j", (text) => {
    expect(nearest(text)).toEqual([]);
  });
});
