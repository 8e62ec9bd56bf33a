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
    "create profile Executives",
    "new profile Kiosk, hardware keys only",
    "remove profile Synced",
    "migrate to passkey profiles",
  ])("%j is answered, and nothing is changed by it", (text) =>
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "make-profile" } }),
  );
});
