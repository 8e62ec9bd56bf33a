import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const enabling = (names: readonly string[], only?: true) => ({
  kind: "command",
  command: { kind: "enable", options: { targets: { kind: "groups", names, ...(only && { only }) } } },
});

describe("passkeys for some groups and nobody else", () => {
  it.each([
    "only enable passkeys for Helpdesk",
    "just turn on passkeys for Helpdesk",
    "passkeys for Helpdesk and nobody else",
    "enable passkeys for Helpdesk alone",
    "passkeys only for Helpdesk",
    "limit passkeys to Helpdesk",
  ])("are asked for by %j", (text) => {
    expect(parseCommand(text)).toMatchObject(enabling(["Helpdesk"], true));
  });

  it("may be for a name of several words", () => {
    const text = "enable passkeys for Security Team and nobody else";
    expect(parseCommand(text)).toMatchObject(enabling(["Security Team"], true));
  });

  it.each([
    ["only enable passkeys for Helpdesk tomorrow", "time"],
    ["limit passkeys to Helpdesk unless Grace minds", "condition"],
    ["enable passkeys for not the Helpdesk and nobody else", "negation"],
  ])("are guarded like any change: %j", (text, because) => {
    expect(parseCommand(text)).toMatchObject({ kind: "reply", reply: { code: "not-as-said", because } });
  });

  it.each(["only enable passkeys", "only enable passkeys with attestation", "limit the rollout"])(
    "need a group: %j",
    (text) => {
      expect(parseCommand(text).kind).not.toBe("command");
    },
  );
});

describe("a rollout that begins with a group", () => {
  it.each<[string, string, true?]>([
    ["start with Helpdesk", "Helpdesk"],
    ["begin with the pilot group", "the pilot group"],
    ["kick off with Pilot only", "Pilot", true],
  ])("turns passkeys on for it: %j", (text, name, only) => {
    const { options } = enabling([name], only).command;
    expect(parseCommand(text)).toMatchObject({ command: { kind: "enable", options } });
  });

  it.each(["start with the coffee", "begin with a joke", "start with me"])(
    "is something else than %j",
    (text) => {
      expect(parseCommand(text)).toEqual({ kind: "ignored" });
    },
  );
});

describe("a group and a model", () => {
  it.each(["add Helpdesk", "add Titan", "add the Helpdesk"])(
    "are told apart by their names alone: %j",
    (text) => {
      expect(parseCommand(text)).toEqual({
        kind: "command",
        command: { kind: "allow", models: [text.slice("add ".length)] },
      });
    },
  );

  it.each([
    "add me",
    "add a note",
    "add Ada to the meeting",
    "no more meetings",
    "get rid of it",
    "bring it on board",
  ])("are not meant by %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});
