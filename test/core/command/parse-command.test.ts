import { describe, expect, it } from "vitest";
import type { EnableOptions } from "../../../src/core/command/enabling/enable-options.js";
import { helpLines } from "../../../src/core/command/help.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const PLAIN: EnableOptions = { restriction: "as-fits", authenticators: ["ios", "android"] };
const enable = (change: Partial<EnableOptions> = {}) => ({
  kind: "command",
  command: { kind: "enable", options: { ...PLAIN, ...change } },
});
const groups = (...names: string[]) => enable({ targets: { kind: "groups", names } });
const reply = (code: string, rest: object = {}) => ({ kind: "reply", reply: { code, ...rest } });

describe("enable passkeys", () => {
  it.each<[string, object]>([
    ["enable passkeys", enable()],
    ["Enable Passkeys!", enable()],
    ["please turn on FIDO2.", enable()],
    ["turn passkeys on", enable()],
    ["Enable passkeys for group Pilot", groups("Pilot")],
    ["enable passkeys for Pilot", groups("Pilot")],
    ["enable passkeys for groups Pilot, Help Desk and Sales", groups("Pilot", "Help Desk", "Sales")],
    ["enable passkeys for group Sales and Marketing", groups("Sales and Marketing")],
    ['enable passkeys for groups "Sales, EMEA", “Pilot”', groups("Sales, EMEA", "Pilot")],
    ["enable passkeys for everyone", enable({ targets: { kind: "all-users" } })],
    ["enable passkeys with attestation", enable({ attestation: "enforced" })],
    ["enable passkeys without attestation", enable({ attestation: "not-enforced" })],
    ["enable passkeys ios only", enable({ authenticators: ["ios"] })],
    ["enable passkeys only Android", enable({ authenticators: ["android"] })],
    ["enable passkeys unrestricted", enable({ restriction: "any" })],
    ["enable passkeys with allow list", enable({ restriction: "allow-list" })],
    ["enable passkeys in profile Default passkey profile", enable({ profile: "Default passkey profile" })],
    [
      "enable passkeys for group Pilot with attestation and ios only",
      enable({
        targets: { kind: "groups", names: ["Pilot"] },
        attestation: "enforced",
        authenticators: ["ios"],
      }),
    ],
    [
      'enable passkeys for group "with attestation" unrestricted',
      enable({ targets: { kind: "groups", names: ["with attestation"] }, restriction: "any" }),
    ],
  ])("understands %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each([
    "enable passkeys with attestation without attestation",
    "enable passkeys unrestricted with allow list",
    "enable passkeys for group",
    "enable passkeys loudly",
    "disable passkeys loudly",
  ])("says which part of %j it does not understand", (text) => {
    expect(parseCommand(text)).toMatchObject(reply("not-understood"));
  });
});

describe("other commands", () => {
  it.each<[string, object]>([
    ["disable passkeys", { kind: "disable" }],
    ["turn passkeys off", { kind: "disable" }],
    ["help", { kind: "help" }],
    ["?", { kind: "help" }],
    ["Show policy", { kind: "show-policy" }],
    ["is attestation on?", { kind: "explain", concept: "attestation" }],
    ["do we enforce attestation", { kind: "explain", concept: "attestation" }],
    ["is self-service set-up allowed?", { kind: "explain", concept: "self-service" }],
    ["pending", { kind: "pending" }],
    ["show 12", { kind: "show", planNumber: 12 }],
    ["show #12", { kind: "show", planNumber: 12 }],
    ["show plan 12", { kind: "show", planNumber: 12 }],
    ["#12", { kind: "show", planNumber: 12 }],
    ["cancel 3", { kind: "cancel", planNumber: 3 }],
    ["undo 12", { kind: "undo", planNumber: 12 }],
    ["Undo #12.", { kind: "undo", planNumber: 12 }],
    ["undo plan 12", { kind: "undo", planNumber: 12 }],
    ["revert 12", { kind: "undo", planNumber: 12 }],
    ["please roll back plan #12", { kind: "undo", planNumber: 12 }],
    ["rollback 12", { kind: "undo", planNumber: 12 }],
    ["approvals here", { kind: "approvals-here" }],
    ["use this channel for approvals", { kind: "approvals-here" }],
    ["send plans for approval to this chat", { kind: "approvals-here" }],
    ["stop approvals here", { kind: "stop-approvals" }],
    ["No approvals here!", { kind: "stop-approvals" }],
    ["please don't post plans here any more", { kind: "stop-approvals" }],
    ["leave this channel alone", { kind: "stop-approvals" }],
    ["keys in use", { kind: "keys-in-use" }],
    ["Show passkeys in use.", { kind: "keys-in-use" }],
    ["which models are in use?", { kind: "keys-in-use" }],
    ["inventory", { kind: "keys-in-use" }],
    ["scan", { kind: "scan", full: false }],
    ["rescan", { kind: "scan", full: false }],
    ["scan passkeys", { kind: "scan", full: false }],
    ["scan all", { kind: "scan", full: true }],
    ["Full scan!", { kind: "scan", full: true }],
  ])("understands %j", (text, command) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command });
  });

  it("understands every line of its own help", () => {
    for (const { usage } of helpLines()) expect(parseCommand(usage)).toMatchObject({ kind: "command" });
  });

  it.each(["show", "roll back", "show abc", "cancel #0", "show 99999999999"])(
    "asks for a number after %j",
    (text) => {
      expect(parseCommand(text)).toMatchObject(reply("number-missing"));
    },
  );
});

describe("a near miss", () => {
  it.each<[string, string]>([
    ["enabel passkeys", "enable passkeys"],
    ["enable paskeys for group Pilot", "enable passkeys for group Pilot"],
    ["disabel passkeys", "disable passkeys"],
    ["show polcy", "show policy"],
    ["pendign", "pending"],
    ["hlep", "help"],
    ["approvals heer", "approvals here"],
    ["enable passkeys with atestation", "enable passkeys with attestation"],
    ["enable pasksy?", "enable passkeys"],
    ["scna", "scan"],
    ["udno 12", "undo 12"],
    ["rol back plan #12", "undo 12"],
    ["shwo #3", "show 3"],
    ["cancle 3", "cancel 3"],
    ["key in use", "keys in use"],
    ["scan eveything", "full scan"],
    ["enable passkeys ios only unrestrcited", "enable passkeys ios only unrestricted"],
  ])("%j is asked back, never run", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(reply("did-you-mean", { suggestion }));
    expect(parseCommand(suggestion)).toMatchObject({ kind: "command" });
  });
});

describe("what is no command", () => {
  it.each([
    "good morning everyone, the build is red",
    "can we talk about the passkey rollout on Monday?",
    "cancel my meeting with Bob",
    "show me the money",
    "I will disable passkeys tomorrow",
    "the policy is fine",
    "undo the last thing you did",
    "we should roll back 12 of them",
    "roll back the blinds at 12",
    "allow me to explain",
    "remove my name from the list",
  ])("leaves %j alone", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });

  it("answers an empty message and one that is far too long", () => {
    for (const text of ["", "   ", "\n\t", "please"]) expect(parseCommand(text)).toEqual(reply("empty"));
    expect(parseCommand("x".repeat(100_000))).toMatchObject(reply("too-long", { characters: 100_000 }));
  });
});
