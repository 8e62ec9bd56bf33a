import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (kind: string, rest: object) => ({ kind: "command", command: { kind, ...rest } });
const SYNCED = { profile: "Synced" };

describe("a profile is named", () => {
  it.each([
    "allow Titan in profile Synced",
    "allow Titan in the Synced profile",
    "allow Titan for the Synced profile",
    "add Titan to the Synced profile",
    "put Titan in profile Synced",
    "put Titan into the Synced profile too",
  ])("by a model that it is to let in: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("allow", { models: ["Titan"], ...SYNCED }));
  });

  it.each([
    "remove Titan from the Synced profile",
    "take Titan out of profile Synced",
    "take Titan out of the Synced profile",
  ])("by a model that it is to keep out: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("remove", { models: ["Titan"], ...SYNCED }));
  });

  it.each([
    "give Helpdesk the Synced profile",
    "give Helpdesk profile Synced as well",
    "assign Synced to Helpdesk",
    "assign profile Synced to Helpdesk",
    "assign the Synced profile to Helpdesk",
    "assign Helpdesk to profile Synced",
  ])("by a group that is to have it: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("add-group", { groups: ["Helpdesk"], ...SYNCED }));
  });

  it.each(["unassign Synced from Helpdesk", "unassign Helpdesk from the Synced profile"])(
    "by a group that is to lose it: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(command("remove-group", { groups: ["Helpdesk"], ...SYNCED }));
    },
  );

  it.each([
    "enable passkeys for everyone in the Synced profile",
    "give everyone profile Synced too",
    "give everyone the Synced profile",
  ])("by all users, who are to have it: %j", (text) => {
    const options = { targets: { kind: "all-users" }, ...SYNCED };
    expect(parseCommand(text)).toMatchObject(command("enable", { options }));
  });

  it.each<[string, object]>([
    ["enforce attestation in the Synced profile", { attestation: "enforced", ...SYNCED }],
    ["turn off attestation in profile Synced", { attestation: "not-enforced", ...SYNCED }],
    [
      "enable passkeys for Helpdesk in the Synced profile",
      { targets: { kind: "groups", names: ["Helpdesk"] }, ...SYNCED },
    ],
  ])("with an option: %j", (text, options) => {
    expect(parseCommand(text)).toMatchObject(command("enable", { options }));
  });

  it.each([
    "enable passkeys in profile Default passkey profile",
    "enable passkeys in the Default passkey profile",
    "give everyone profile Default passkey profile",
  ])("that has the word for it in its name: %j", (text) => {
    const { options } = (parseCommand(text) as { command: { options: { profile: string } } }).command;
    expect(["Default passkey profile", "Default passkey"]).toContain(options.profile);
  });

  it.each([
    "give Helpdesk a call",
    "give me the Synced profile",
    "give everyone a cookie",
    "put lunch in the fridge",
    "move the meeting to Monday",
    "take the bus",
    "assign the task to Grace",
  ])("in no ordinary chat: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });

  it.each(["allow Titan in the profile", "remove Titan from the profile"])(
    "or it is asked which: %j",
    (text) => {
      expect(parseCommand(text)).toMatchObject({ reply: { code: "not-understood" } });
    },
  );

  it.each(["assign Synced to Helpdesk tomorrow", "give everyone profile Synced once Grace agrees"])(
    "and nothing is done later or on a condition: %j",
    (text) => {
      const said = text.split(/ tomorrow| once/)[0];
      expect(parseCommand(text)).toMatchObject({ reply: { code: "not-as-said", offers: [said] } });
    },
  );
});

describe("a kind of passkey in place of a model", () => {
  it.each([
    ["allow synced passkeys", "admit-kind", { type: "synced" }],
    ["allow passkeys that sync", "admit-kind", { type: "synced" }],
    ["permit synced passkeys in profile Staff", "admit-kind", { type: "synced", profile: "Staff" }],
    ["allow hardware keys in profile Default", "admit-kind", { type: "deviceBound", profile: "Default" }],
    ["block all synced passkeys", "refuse-kind", { type: "synced" }],
    [
      "stop allowing synced passkeys in the Staff profile",
      "refuse-kind",
      { type: "synced", profile: "Staff" },
    ],
    ["remove synced passkeys from profile Staff", "refuse-kind", { type: "synced", profile: "Staff" }],
    [
      "only allow device-bound passkeys in profile Staff",
      "refuse-kind",
      { type: "synced", profile: "Staff" },
    ],
  ])("is one that a profile is to admit, or not: %j", (text, kind, said) => {
    expect(parseCommand(text)).toEqual(command(kind, said));
  });
});

describe("other rules for some people", () => {
  it.each([
    "separate rules for execs",
    "only hardware keys for admins",
    "admins must use a YubiKey",
    "let Security Team use synced passkeys",
  ])("take a profile: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("profile-for", {}));
  });

  it.each(["let people use YubiKeys", "let Helpdesk use passkeys", "you must use the door"])(
    "are something else than %j",
    (text) => {
      expect(parseCommand(text)).not.toMatchObject({ command: { kind: "profile-for" } });
    },
  );
});
