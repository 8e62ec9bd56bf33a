import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const looking = (parts: object) => ({ kind: "command", command: { kind: "profiles", ...parts } });

describe("what is asked about profiles", () => {
  it.each([
    "profiles",
    "list profiles",
    "which profiles are there?",
    "show all profiles",
    "how many profiles do we have?",
  ])("%j means all of them", (text) => expect(parseCommand(text)).toEqual(looking({})));

  it.each([
    ["show profile Synced", "Synced"],
    ["who has profile Synced?", "Synced"],
    ["who has the profile “Default passkey profile”", "Default passkey profile"],
  ])("%j means one", (text, profile) => expect(parseCommand(text)).toEqual(looking({ profile })));

  it.each([
    ["which profile does Pilot have?", "Pilot"],
    ["which profile does the Helpdesk have", "Helpdesk"],
    ["what profile does group Field Staff get", "Field Staff"],
  ])("%j means those of a group", (text, group) => expect(parseCommand(text)).toEqual(looking({ group })));

  it.each([
    ["compare profiles", []],
    ["compare the profiles", []],
    ["compare profiles Default and Synced", ["Default", "Synced"]],
    ["compare profile Synced with profile Executives", ["Synced", "Executives"]],
    ["what is the difference between the profiles Synced and Staff?", ["Synced", "Staff"]],
  ])("%j sets them side by side", (text, profiles) =>
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "compare-profiles", profiles } }),
  );

  it.each(["migrate to passkey profiles", "move us to profiles", "switch to passkey profiles"])(
    "%j is answered, and nothing is changed by it",
    (text) => expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "about-profiles" } }),
  );
});
