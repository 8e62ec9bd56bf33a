import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (kind: string, rest: object) => ({ kind: "command", command: { kind, ...rest } });
const IGNORED = { kind: "ignored" };

describe("one thing in the place of another", () => {
  it.each<[string, string, string]>([
    ["move passkeys from Pilot to Helpdesk", "Pilot", "Helpdesk"],
    ["replace Pilot with Helpdesk", "Pilot", "Helpdesk"],
    ["swap Pilot for the Helpdesk group", "Pilot", "the Helpdesk group"],
    ["replace Titan v2 by YubiKey 5 NFC", "Titan v2", "YubiKey 5 NFC"],
  ])("is understood: %j", (text, from, to) => {
    expect(parseCommand(text)).toEqual(command("exchange", { from, to }));
  });

  it.each([
    "replace me",
    "replace the battery with a new one",
    "swap places with me",
    "move passkeys from Pilot",
  ])("is not meant by %j", (text) => {
    expect(parseCommand(text)).toEqual(IGNORED);
  });
});

describe("nothing but some models", () => {
  it.each([
    "only YubiKeys",
    "only YubiKeys from now on",
    "YubiKeys only, please",
    "only allow YubiKeys",
    "allow nothing but YubiKeys",
    "ban everything except YubiKeys",
    "what if we only allow YubiKeys?",
  ])("are asked for by %j", (text) => {
    expect(parseCommand(text)).toEqual(command("only-models", { model: "YubiKeys" }));
  });

  it.each(["only me", "members only", "keys only", "only on Mondays", "nothing but trouble", "just a key"])(
    "are not meant by %j",
    (text) => {
      expect(parseCommand(text)).toEqual(IGNORED);
    },
  );
});
