import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (kind: string, groups: readonly string[], rest: object = {}) => ({
  kind: "command",
  command: { kind, groups, ...rest },
});
const enabled = (names: readonly string[], rest: object = {}) => ({
  kind: "command",
  command: { kind: "enable", options: { targets: { kind: "groups", names, ...rest } } },
});
const didYouMean = (suggestion: string) => ({ kind: "reply", reply: { code: "did-you-mean", suggestion } });

describe("commands about groups", () => {
  it.each<[string, object]>([
    ["add group Helpdesk", command("add-group", ["Helpdesk"])],
    ["Add the Helpdesk group.", command("add-group", ["Helpdesk"])],
    ["add groups Helpdesk, Pilot", command("add-group", ["Helpdesk", "Pilot"])],
    ['add groups "Sales, EMEA" and "Pilot"', command("add-group", ["Sales, EMEA", "Pilot"])],
    ["add group Sales and Marketing", command("add-group", ["Sales and Marketing"])],
    ["add group IT", command("add-group", ["IT"])],
    ["add group Helpdesk in profile Synced", command("add-group", ["Helpdesk"], { profile: "Synced" })],
    ["remove group Helpdesk", command("remove-group", ["Helpdesk"])],
    ["remove the pilot group", command("remove-group", ["pilot"])],
    ["remove group Pilot from profile Synced", command("remove-group", ["Pilot"], { profile: "Synced" })],
    ["exclude group Contractors", command("exclude-group", ["Contractors"])],
    ["exclude group Helpdesk from passkeys", command("exclude-group", ["Helpdesk"])],
    ["exclude Helpdesk", command("exclude-group", ["Helpdesk"])],
    ["include group Contractors again", command("include-group", ["Contractors"])],
    ["include groups Contractors, Guests again", command("include-group", ["Contractors", "Guests"])],
    ["include Emergency access again", command("include-group", ["Emergency access"])],
    ["include group Contractors", command("include-group", ["Contractors"])],
    ["remove YubiKey 5 NFC", { kind: "command", command: { kind: "remove", models: ["YubiKey 5 NFC"] } }],
  ])("understands %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each(["add group", "remove groups", "exclude the group", "include group"])(
    "asks which group is meant by %j",
    (text) => {
      expect(parseCommand(text)).toMatchObject({ kind: "reply", reply: { code: "group-missing" } });
    },
  );

  it.each<[string, string]>([
    ["ad group Helpdesk", "add group Helpdesk"],
    ["remove grup Pilot", "remove group Pilot"],
    ["exclude gropu Pilot", "exclude group Pilot"],
    ["inlcude group Pilot again", "include group Pilot"],
  ])("asks back about a slip: %j", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(didYouMean(suggestion));
  });

  it.each([
    "exclude me from this thread",
    "exclude that, please",
    "include me again",
    "include us in the mail",
    "remove the other group",
    "add grapes to the list",
    "excluded lunch from the bill",
  ])("leaves ordinary chat alone: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});

describe("whom passkeys are enabled for", () => {
  it.each<[string, object]>([
    ["enable passkeys for group Pilot", enabled(["Pilot"])],
    ["enable passkeys only for group Pilot", enabled(["Pilot"], { only: true })],
    ["enable passkeys only for Pilot", enabled(["Pilot"], { only: true })],
    ["enable passkeys for group Pilot only", enabled(["Pilot"], { only: true })],
    ["enable passkeys just for groups Pilot and Sales", enabled(["Pilot", "Sales"], { only: true })],
    ["enable passkeys for only the group Pilot", enabled(["Pilot"], { only: true })],
    ["enable passkeys for group Pilot only with attestation", enabled(["Pilot"], { only: true })],
    ["enable passkeys for group Pilot ios only", enabled(["Pilot"])],
    ['enable passkeys for group "Pilot only"', enabled(["Pilot only"])],
    ['enable passkeys for group "Sales" and "Pilot"', enabled(["Sales", "Pilot"])],
  ])("is understood: %j", (text, expected) => {
    expect(parseCommand(text)).toMatchObject(expected);
    const { command: read } = parseCommand(text) as { command: { options: { targets: { only?: true } } } };
    const isOnly = JSON.stringify(expected).includes('"only":true');
    expect(read.options.targets.only).toBe(isOnly ? true : undefined);
  });

  it("is everybody also where only everybody is said, and one Authenticator where only that is", () => {
    expect(parseCommand("enable passkeys only for all users")).toEqual(
      parseCommand("enable passkeys for all users"),
    );
    expect(parseCommand("enable passkeys only for ios")).toEqual(parseCommand("enable passkeys ios only"));
  });
});
