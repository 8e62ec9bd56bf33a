import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const said = (text: string) => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" ? parsed.command : parsed;
};

describe("a question about adoption", () => {
  it.each([
    "adoption",
    "Adoption?",
    "show adoption",
    "passkey adoption",
    "what's our adoption rate?",
    "adoption over time",
    "adoption chart",
    "how is adoption going",
    "how is the adoption going?",
    "rollout numbers",
  ])("%j is about everybody", (text) => {
    expect(said(text)).toEqual({ kind: "adoption" });
  });

  it.each([
    ["adoption of Helpdesk", "Helpdesk"],
    ["adoption in the Finance group", "Finance group"],
    ["adoption for group Finance", "Finance"],
    ["show passkey adoption of Pilot", "Pilot"],
    ["how is adoption in Pilot?", "Pilot"],
    ["how is the rollout in Finance", "Finance"],
    ["how many people in Pilot have a passkey?", "Pilot"],
    ['adoption of "Old, and new"', "Old, and new"],
  ])("%j is about a group", (text, group) => {
    expect(said(text)).toEqual({ kind: "adoption", group });
  });

  it.each([
    ["who has no passkey", { kind: "without-passkey" }],
    ["who has no passkey in Pilot?", { kind: "without-passkey", group: "Pilot" }],
    ["who in Finance has no passkey", { kind: "without-passkey", group: "Finance" }],
    ["list people without a passkey in Finance", { kind: "without-passkey", group: "Finance" }],
    ["export who has no passkey", { kind: "people-list" }],
    ["who has no passkey as CSV", { kind: "people-list" }],
    ["export people without a passkey", { kind: "people-list" }],
    ["export who has no passkey in Finance", { kind: "people-list", group: "Finance" }],
    ["who has no passkey in Finance as a csv", { kind: "people-list", group: "Finance" }],
  ])("%j", (text, command) => {
    expect(said(text)).toEqual(command);
  });

  it.each(["rollout progress", "how many people have passkeys", "how is the rollout going"])(
    "%j is how the rollout stands",
    (text) => {
      expect(said(text)).toEqual({ kind: "status" });
    },
  );

  it.each(["adoption papers are signed", "we adopted a cat", "export the report"])("%j is none", (text) => {
    expect(said(text)).toMatchObject({ kind: "ignored" });
  });
});
