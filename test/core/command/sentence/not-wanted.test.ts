import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const reply = (code: string, rest: object) => ({ kind: "reply", reply: { code, ...rest } });

describe("that a group should not have passkeys", () => {
  it.each([
    ["contractors shouldn't have passkeys", "contractors"],
    ["HR should no longer use passkeys", "HR"],
    ["the guests must not get passkeys", "guests"],
    ["HR doesn't need passkeys any more", "HR"],
    ["take contractors out", "contractors"],
    ["take the contractors out of passkeys", "contractors"],
  ])("is answered with both ways there are, and with no plan: %j", (text, group) => {
    const offers = [`exclude group ${group}`, `remove group ${group}`];
    expect(parseCommand(text)).toEqual(reply("off-for-some", { offers }));
  });

  it.each([
    "take it out",
    "take the trash out",
    "people shouldn't have to wait",
    "users shouldn't have passkeys",
    "Emmy doesn't have a passkey",
    "contractors shouldn't have passkeys until May",
  ])("is not read into %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});

describe("that a model is no longer wanted", () => {
  it.each([
    ["let's not allow any titan keys anymore", "remove titan keys"],
    ["don't allow feitian keys", "remove feitian keys"],
    ["stop allowing yubikeys", "remove yubikeys"],
    ["we no longer want titan keys", "remove titan keys"],
    ["titan keys shouldn't work any more", "remove titan keys"],
    ["titan keys should not be allowed", "remove titan keys"],
  ])("is asked back: %j", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(reply("did-you-mean", { suggestion }));
  });

  it.each(["don't allow titan yet", "don't allow titan keys for HR", "don't remove titan keys"])(
    "is not read into %j",
    (text) => {
      expect(parseCommand(text)).toMatchObject(reply("not-as-said", { because: "negation", offers: [] }));
    },
  );
});

describe("changes in other words", () => {
  it.each<[string, object]>([
    ["block the titan key in the default profile", { kind: "remove", profile: "default" }],
    ["remove the titan key from the default profile", { kind: "remove", profile: "default" }],
    ["delete the Synced profile", { kind: "delete-profile", profile: "Synced" }],
    ["only FIPS keys for admins", { kind: "profile-for" }],
    ["allow yubico keys only", { kind: "only-models", model: "yubico keys" }],
    ["go back to how it was before", { kind: "undo-last" }],
    ["undo what Grace did", { kind: "undo-last", person: "Grace" }],
    ["undo Grace's change", { kind: "undo-last", person: "Grace" }],
    ["undo what I did", { kind: "undo-last", isMine: true }],
    ["undo my last change", { kind: "undo-last", isMine: true }],
    ["people on old firmware", { kind: "keys-in-use" }],
    ["who still has old firmware?", { kind: "keys-in-use" }],
    ["undo what plan 3 did", { kind: "undo", planNumber: 3 }],
    ["approve all pending", { kind: "pending" }],
    ["new here, what can I do with you", { kind: "help" }],
  ])("are understood: %j", (text, command) => {
    expect(parseCommand(text)).toMatchObject({ kind: "command", command });
  });
});
