import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (text: string): unknown => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" ? parsed.command : parsed;
};

describe("a decision in words", () => {
  it.each<[text: string, command: object]>([
    ["approve 12", { kind: "approve", planNumber: 12, reason: "" }],
    ["approve plan #12", { kind: "approve", planNumber: 12, reason: "" }],
    ["approve it", { kind: "approve", reason: "" }],
    ["lgtm, ship it", { kind: "approve", reason: "" }],
    ["yes please", { kind: "approve", reason: "" }],
    [
      "reject 4 because Finance is not ready",
      { kind: "reject", planNumber: 4, reason: "Finance is not ready" },
    ],
    ["deny #4: wrong group", { kind: "reject", planNumber: 4, reason: "wrong group" }],
    ["reject 4, too early", { kind: "reject", planNumber: 4, reason: "too early" }],
    ["no, reject that one", { kind: "reject", reason: "" }],
    ["reject it because it is too early", { kind: "reject", reason: "it is too early" }],
    ["cancel my plan", { kind: "cancel-mine", isNamed: true }],
    ["withdraw my request", { kind: "cancel-mine", isNamed: true }],
    ["stop", { kind: "cancel-mine", isNamed: false }],
    ["undo last", { kind: "undo-last" }],
    ["undo that", { kind: "undo-last" }],
  ])("%j is understood", (text, meant) => {
    expect(command(text)).toEqual(meant);
  });

  it.each(["approve of the new design", "reject the offer from Contoso", "yes we have a meeting"])(
    "%j is chat",
    (text) => {
      expect(command(text)).toEqual({ kind: "ignored" });
    },
  );

  it("is not made by asking", () => {
    expect(command("should I reject 4?")).not.toHaveProperty("kind", "reject");
    expect(command("reject 4?")).not.toHaveProperty("kind", "reject");
  });
});

describe("a question about decisions", () => {
  it.each<[text: string, command: object]>([
    ["who approved plan 1?", { kind: "about-plan", planNumber: 1 }],
    ["who asked for plan 1", { kind: "about-plan", planNumber: 1 }],
    ["when was plan 1 approved?", { kind: "about-plan", planNumber: 1 }],
    ["is 1 approved?", { kind: "about-plan", planNumber: 1 }],
    ["why is my plan not approved yet?", { kind: "my-plan" }],
    ["what happened to my request?", { kind: "my-plan" }],
    ["who is sitting on my plan?", { kind: "my-plan" }],
    ["who can approve?", { kind: "who-approves" }],
    ["who are the approvers?", { kind: "who-approves" }],
    ["remind Grace", { kind: "remind", person: "Grace" }],
    ["extend 1", { kind: "extend", planNumber: 1, reason: "" }],
    ["accept drift 1", { kind: "show-drift", driftNumber: 1 }],
  ])("%j is understood", (text, meant) => {
    expect(command(text)).toEqual(meant);
  });
});
