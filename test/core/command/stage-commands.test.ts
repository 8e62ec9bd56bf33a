import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (kind: string, rest: object = {}) => ({ kind: "command", command: { kind, ...rest } });

describe("the stages of a rollout", () => {
  it.each([
    ["rollout Pilot, IT, Finance, everyone", ["Pilot", "IT", "Finance", "everyone"]],
    ["rollout: Pilot, IT and then everybody", ["Pilot", "IT", "everyone"]],
    // The answer says that everybody comes last.
    ["rollout everyone, Pilot", ["everyone", "Pilot"]],
    ["rollout Pilot then IT then all users", ["Pilot", "IT", "everyone"]],
    ["set the rollout stages: Pilot, group Field Staff, everyone", ["Pilot", "Field Staff", "everyone"]],
    ["roll out in stages: Pilot, “Sales, EMEA”, the rest", ["Pilot", "Sales, EMEA", "everyone"]],
    ["our stages are Pilot, IT", ["Pilot", "IT"]],
    ["the rollout is Pilot -> IT -> everyone", ["Pilot", "IT", "everyone"]],
  ])("are written down in their order: %j", (text, stages) => {
    expect(parseCommand(text)).toEqual(command("write-stages", { stages }));
  });

  it.each([
    "pilot status",
    "show stages",
    "how is the pilot doing?",
    "is the pilot ready for everybody?",
    "stages",
  ])("are looked at: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("stages"));
  });

  it.each([
    "next stage",
    "propose the next stage",
    "go to the next stage",
    "promote the pilot to the next stage",
  ])("go on: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("next-stage"));
  });

  it("may be asked about, and are forgotten when that is said", () => {
    expect(parseCommand("what would happen if we go to the next stage?")).toMatchObject({
      command: { kind: "what-if", change: { kind: "next-stage" } },
    });
    expect(parseCommand("forget the stages")).toEqual(command("end-stages"));
  });

  it.each([
    "rollout is going well, thanks",
    "rollout went fine, everyone is happy",
    "the next stage of the race is in France",
    "our stages of grief",
  ])("are not read in chat: %j", (text) => {
    expect(parseCommand(text)).not.toMatchObject({ kind: "command" });
  });

  it("are none of what is said of one group", () => {
    expect(parseCommand("roll passkeys out to Finance")).not.toMatchObject({
      command: { kind: "write-stages" },
    });
    expect(parseCommand("rollout status")).toEqual(command("status"));
  });
});
