import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (kind: string, rest: object) => ({ kind: "command", command: { kind, ...rest } });
const YUBIKEY = { mode: "allow", models: ["YubiKey 5 NFC"] };

describe("a new profile", () => {
  it.each([
    [
      "create profile Executives device-bound with attestation allowing YubiKey 5 NFC",
      { name: "Executives", types: ["deviceBound"], attestation: true, list: YUBIKEY },
    ],
    [
      "please make a new profile called “Board members” for synced passkeys",
      { name: "Board members", types: ["synced"] },
    ],
    ["new profile Kiosk, hardware keys only", { name: "Kiosk", types: ["deviceBound"] }],
    [
      "make a profile Frontline with Authenticator only",
      { name: "Frontline", list: { mode: "allow", models: ["Authenticator"] } },
    ],
    [
      "create profile Board members synced without attestation",
      { name: "Board members", types: ["synced"], attestation: false },
    ],
    [
      "add a profile Field device-bound and synced blocking Bitwarden, NordPass",
      {
        name: "Field",
        types: ["deviceBound", "synced"],
        list: { mode: "block", models: ["Bitwarden", "NordPass"] },
      },
    ],
    [
      "create profile Exec allowing YubiKey 5 NFC, device-bound, attested",
      { name: "Exec", types: ["deviceBound"], attestation: true, list: YUBIKEY },
    ],
    ["create the Executives profile", { name: "Executives" }],
    ["create profile Executives", { name: "Executives" }],
  ])("is what was said of it: %j", (text, profile) => {
    expect(parseCommand(text)).toEqual(command("create-profile", { profile }));
  });

  it.each([
    "create a profile",
    "create a profile for admins that only allows YubiKeys",
    "new profile for the board",
  ])("is asked for its name: %j", (text) => {
    expect(parseCommand(text)).toMatchObject({ reply: { code: "profile-missing" } });
  });

  it("is not made of a contradiction", () => {
    expect(parseCommand("create profile Kiosk synced device-bound with attestation")).toMatchObject({
      reply: { code: "not-understood" },
    });
  });
});

describe("a profile that is there", () => {
  it.each([
    ["rename profile Executives to Board members", { profile: "Executives", name: "Board members" }],
    ["rename the Synced profile to “Cloud keys”", { profile: "Synced", name: "Cloud keys" }],
    ["rename Synced to Cloud.", { profile: "Synced", name: "Cloud" }],
  ])("gets another name: %j", (text, said) => {
    expect(parseCommand(text)).toEqual(command("rename-profile", said));
  });

  it.each([
    "delete profile Board",
    "drop the Board profile",
    "remove the profile Board",
    "get rid of profile Board",
  ])("is deleted: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("delete-profile", { profile: "Board" }));
  });

  it.each(["unassign Executives from group Board", "take profile Executives from group Board"])(
    "is taken from a group, and stays: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(
        command("remove-group", { groups: ["group Board"], profile: "Executives" }),
      );
    },
  );

  it("is given to a group, or to everybody", () => {
    expect(parseCommand("assign Executives to group Board")).toEqual(
      command("add-group", { groups: ["group Board"], profile: "Executives" }),
    );
    expect(parseCommand("assign profile Executives to everyone")).toEqual(
      command("promote", { to: "everyone", profile: "Executives" }),
    );
  });
});

describe("profiles where there are none", () => {
  it.each(["opt in to passkey profiles", "opt into profiles", "please opt in to profiles"])(
    "are opted in to by these words alone: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(command("use-profiles", {}));
    },
  );
});

describe("a pilot goes on", () => {
  it.each([
    ["promote pilot to all users", { to: "everyone" }],
    ["promote the pilot to everyone", { to: "everyone" }],
    ["widen from Pilot to all users", { to: "everyone" }],
    ["roll the pilot out to the whole company", { to: "everyone" }],
    ["promote to Finance", { to: ["Finance"] }],
    ["promote pilot to Finance, group IT", { to: ["Finance", "group IT"] }],
    ["extend the pilot to group Finance", { to: ["Finance"] }],
    ["promote IT to all users", { to: "everyone", from: "IT" }],
    [
      "promote the pilot from Finance to HR in profile Synced",
      { to: ["HR"], from: "Finance", profile: "Synced" },
    ],
  ])("to those who are named: %j", (text, said) => {
    expect(parseCommand(text)).toEqual(command("promote", said));
  });

  it("is asked back where it is not said to whom, or with a slip", () => {
    expect(parseCommand("promote pilot")).toMatchObject({ reply: { code: "to-whom-missing" } });
    expect(parseCommand("promoet pilot to Finance")).toMatchObject({
      reply: { code: "did-you-mean", suggestion: "promote pilot to Finance" },
    });
  });

  it.each([
    "promote me to manager",
    "we promote from within",
    "remote pilots are needed",
    "compare apples and pears",
  ])("is not read in chat: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});
