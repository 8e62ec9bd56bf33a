import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

describe("parseCommand: the record", () => {
  it.each([
    ["history", 10],
    ["show history", 10],
    ["plan history", 10],
    ["history 20", 20],
    ["Show history 3", 3],
    ["history of the last 25 plans", 25],
  ])("understands %j", (text, limit) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "history", limit } });
  });

  it.each([
    "evidence 12",
    "evidence #12",
    "Evidence for plan 12",
    "show evidence of #12",
    "give me the evidence for 12",
  ])("understands %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "evidence", planNumber: 12 } });
  });

  it.each([
    ["evidence", ""],
    ["show evidence", ""],
    ["evidence for plan", ""],
    ["evidence 0", "0"],
    ["evidence 12x", "12x"],
  ])("asks for which plan: %j", (text, given) => {
    expect(parseCommand(text)).toEqual({
      kind: "reply",
      reply: { code: "number-missing", command: "evidence", given },
    });
  });

  it("asks back what is nearly history", () => {
    expect(parseCommand("histroy")).toEqual({
      kind: "reply",
      reply: { code: "did-you-mean", suggestion: "history" },
    });
  });

  it.each([
    "evidence suggests that keys get lost",
    "evidence suggests",
    "history repeats itself",
    "is there any evidence for that",
    "history 0",
  ])("leaves ordinary chat alone: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});
