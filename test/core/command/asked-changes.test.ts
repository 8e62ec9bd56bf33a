import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const asked = (text: string): unknown => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" && parsed.command.kind === "what-if" ? parsed.command.said : parsed;
};

describe("a question about a change", () => {
  it.each<[question: string, change: string]>([
    ["what would happen if I remove titan?", "remove titan"],
    ["What would happen if we removed titan", "remove titan"],
    ["what happens when we disable passkeys?", "disable passkeys"],
    ["would anybody be locked out if I disable passkeys?", "disable passkeys"],
    ["will people lose sign-in if passkeys are turned off?", "disable passkeys"],
    ["who loses sign-in if I remove Google Titan Security Key v2?", "remove Google Titan Security Key v2"],
    ["how many users would be affected if titan was removed", "remove titan"],
    ["what would break if we exclude group Contractors", "exclude group Contractors"],
    ["is it safe to disable passkeys?", "disable passkeys"],
    ["should I undo plan 1?", "undo 1"],
    ["shall we turn on passkeys?", "enable passkeys"],
    ["can we safely remove titan?", "remove titan"],
    ["what is the impact of removing titan", "remove titan"],
    ["what would disabling passkeys do?", "disable passkeys"],
    ['what does "disable passkeys" do?', "disable passkeys"],
    ["what does enable passkeys do?", "enable passkeys"],
    ["what if passkeys were enabled for group Pilot only?", "enable passkeys for group Pilot only"],
    ["if we remove titan, nymi band, who loses sign-in?", "remove titan, nymi band"],
    ["how bad would it be if we disabled passkeys", "disable passkeys"],
    ["preview remove titan, nymi band", "remove titan, nymi band"],
  ])("%j asks about %j", (question, change) => {
    expect(asked(question)).toBe(change);
  });

  it("keeps a group's name as it was written", () => {
    expect(parseCommand("what if we add group ‘Directors’ Office’?")).toMatchObject({
      command: { kind: "what-if", change: { kind: "add-group", groups: ["‘Directors’ Office’"] } },
    });
  });

  it("says which part it did not understand", () => {
    expect(parseCommand("what would happen if we move to the moon?")).toMatchObject({
      reply: { code: "not-understood", command: "what would happen if" },
    });
  });

  it.each([
    "should I show 1?",
    "what if it rains",
    "should we meet at 3?",
    "what does Grace do?",
    "preview the slides",
    "if we disable passkeys Grace will be angry",
    "who will be there if it rains",
  ])("%j is none", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });

  // Were it read in every way that its conditions could be put together, this would not end.
  it.each(["if is ", "what would happen if who would "])(
    "is told of a question within a question: %j",
    (again) => {
      expect(parseCommand(again.repeat(30)).kind).not.toBe("command");
    },
  );
});
