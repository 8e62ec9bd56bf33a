import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
const NANO = "ee882879-721c-4913-9775-3dfcce97072a";
const command = (kind: string, rest: object = {}) => ({ kind: "command", command: { kind, ...rest } });
const allow = (models: readonly string[], rest: object = {}) => command("allow", { models, ...rest });
const remove = (models: readonly string[], rest: object = {}) => command("remove", { models, ...rest });
const reply = (code: string, rest: object = {}) => ({ kind: "reply", reply: { code, ...rest } });

describe("allow and remove", () => {
  it.each<[string, object]>([
    ["allow YubiKey 5 NFC", allow(["YubiKey 5 NFC"])],
    [`Please allow ${NFC.toUpperCase()}.`, allow([NFC])],
    ["allow all yubikeys", allow(["all yubikeys"])],
    ["allow all the YubiKeys, Nymi Band", allow(["all the YubiKeys", "Nymi Band"])],
    ["take the Titan off the list", remove(["the Titan"])],
    ["allow the keys people already use", command("allow-keys-in-use")],
    ["allow everything people have", command("allow-keys-in-use")],
    ["allow the keys people have in profile Staff", command("allow-keys-in-use", { profile: "Staff" })],
    ["remove YubiKey NEO", remove(["YubiKey NEO"])],
    ["disallow YubiKey NEO", remove(["YubiKey NEO"])],
    ["allow YubiKey 5 NFC, Titan v2,Nymi Band", allow(["YubiKey 5 NFC", "Titan v2", "Nymi Band"])],
    ["allow YubiKey 5 NFC in profile Staff", allow(["YubiKey 5 NFC"], { profile: "Staff" })],
    ["remove YubiKey NEO from profile Front Desk", remove(["YubiKey NEO"], { profile: "Front Desk" })],
    ['remove YubiKey NEO in the profile "Front, Desk"', remove(["YubiKey NEO"], { profile: "Front, Desk" })],
    ["allow RSA Authenticator 4 for iOS", allow(["RSA Authenticator 4 for iOS"])],
    [
      "allow Titan v2 with device-bound passkeys in profile Staff",
      allow(["Titan v2"], { profile: "Staff", admits: "deviceBound" }),
    ],
    [
      "allow Titan v2, Solo 2 in profile Front Desk and allow device bound passkeys",
      allow(["Titan v2", "Solo 2"], { profile: "Front Desk", admits: "deviceBound" }),
    ],
    ["allow iCloud Keychain and synced passkeys.", allow(["iCloud Keychain"], { admits: "synced" })],
    // Of a model that is removed it says nothing.
    ["remove Key with synced passkeys", remove(["Key with synced passkeys"])],
  ])("understands %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['"Band and Board, black"', ["Band and Board, black"]],
    ['Titan v2 "Band and Board"', ["Titan v2", "Band and Board"]],
    ['"all"', ["all"]],
    ["IDEX CTAP2.1 Biometric (USB-A, NFC), Titan v2", ["IDEX CTAP2.1 Biometric (USB-A, NFC)", "Titan v2"]],
    ["Card (for Windows, Mac, and Linux)", ["Card (for Windows, Mac, and Linux)"]],
    ["Titan v2 (USB-A, Nymi Band", ["Titan v2 (USB-A", "Nymi Band"]],
    [`Titan v2 ${NFC} ${NANO}`, ["Titan v2", NFC, NANO]],
    [`Titan v2\n${NFC}\n${NANO}`, ["Titan v2", NFC, NANO]],
  ])("takes the models of %j one by one", (text, models) => {
    expect(parseCommand(`allow ${text}`)).toMatchObject(allow(models));
    expect(parseCommand(`remove ${text}`)).toMatchObject(remove(models));
  });

  it.each<[string, readonly string[]]>([
    [`Titan v2 and ${NFC}`, ["Titan v2", NFC]],
    [`${NFC} and Titan v2`, [NFC, "Titan v2"]],
    ['"Titan v2" and "Nymi Band"', ["Titan v2", "Nymi Band"]],
    ["Titan v2, Nymi Band, and Solo 2", ["Titan v2", "Nymi Band", "Solo 2"]],
    // A model may be called so: the catalogue decides.
    ["Titan v2 and Nymi Band", ["Titan v2 and Nymi Band"]],
    ["Titan v2, Solo 2 and Nymi Band", ["Titan v2", "Solo 2 and Nymi Band"]],
  ])('lets "and" separate only where it is no part of a name: %j', (text, models) => {
    expect(parseCommand(`allow ${text}`)).toEqual(allow(models));
  });

  it.each<[string, object]>([
    ["allow keys in use", {}],
    ["Allow all passkeys in use", {}],
    ["allow the models in use in profile Staff", { profile: "Staff" }],
  ])("understands %j as every model in use", (text, rest) => {
    expect(parseCommand(text)).toEqual(command("allow-keys-in-use", rest));
  });

  it.each<[string, string, string]>([
    ["allow keys in use loudly", "loudly", "allow keys in use"],
    ["allow keys in use in profile", "in profile", "allow keys in use"],
    ["allow Titan v2 in profile", "in profile", "allow"],
    ['remove Titan v2 from profile "Staff" "Guests"', 'from profile "Staff" "Guests"', "remove"],
    ["allow Titan v2 in profile Staff, Guests", "in profile Staff, Guests", "allow"],
    [
      "allow Titan v2 with synced passkeys and device-bound passkeys",
      "with synced passkeys and device-bound passkeys",
      "allow",
    ],
  ])("says which part of %j it does not understand", (text, part, understood) => {
    expect(parseCommand(text)).toEqual(reply("not-understood", { part, command: understood }));
  });
});

describe("questions about a model", () => {
  it.each<[string, object]>([
    ["who uses YubiKey 5 NFC", command("who-uses", { model: "YubiKey 5 NFC" })],
    ['who is using "YubiKey 5 NFC"?', command("who-uses", { model: "YubiKey 5 NFC" })],
    [`who uses ${NFC}?`, command("who-uses", { model: NFC })],
    [`what is ${NFC}`, command("what-is", { model: NFC })],
    ["What’s Windows Hello?", command("what-is", { model: "Windows Hello" })],
    ["what is ePass (CTAP2.1, U2F)", command("what-is", { model: "ePass (CTAP2.1, U2F)" })],
  ])("understands %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});

describe("a command without its model", () => {
  it.each<[string, string]>([
    ["allow", "allow"],
    ["Remove!", "remove"],
    ["disallow", "remove"],
    ["who uses", "who uses"],
    ["what is?", "what is"],
    ["allow in profile Staff", "allow"],
    ["remove from profile Staff", "remove"],
  ])("%j is answered with what is missing", (text, verb) => {
    expect(parseCommand(text)).toEqual(reply("model-missing", { command: verb }));
  });
});

describe("a near miss of a model command", () => {
  it.each<[string, string]>([
    ["alow YubiKey 5 NFC", "allow YubiKey 5 NFC"],
    ["remvoe yubikey neo, titan key", "remove yubikey neo, titan key"],
    [`who usees ${NFC}`, `who uses ${NFC}`],
    [`waht is ${NFC}`, `what is ${NFC}`],
    ["allow key in use", "allow keys in use"],
    ["allow keys in us in profile Staff", "allow keys in use in profile Staff"],
    ["alow all keys in use", "allow keys in use"],
  ])("%j is asked back, never run", (text, suggestion) => {
    expect(parseCommand(text)).toEqual(reply("did-you-mean", { suggestion }));
    expect(parseCommand(suggestion)).toMatchObject({ kind: "command" });
  });
});

describe("ordinary chat that begins like a command about models", () => {
  it.each([
    "allow me to introduce myself",
    "allow for some delay",
    "allow all users to use YubiKeys",
    "remove the 3 of them",
    "remove all keys",
    "remove the blame",
    "allow some time for this",
    "remove me from this chat",
    "remove it please",
    "remove everyone from the call",
    "who uses this?",
    "who is using it",
    "what is going on",
    "what is going on?",
    "what is the time",
    "what's up?",
    "what's your name",
    "what is it's name",
    "what is next?",
    "what are keys",
    "remote desktop is down",
    "what if my key is lost",
    "allows me to use any key",
    "scan the document for me",
    "who has a key?",
  ])("leaves %j alone", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "ignored" });
  });
});

describe("a model that is asked about", () => {
  it.each([
    [`who uses ${NFC.toUpperCase().replace("-", "")}`, command("who-uses", { model: NFC })],
    [`tell me about ${NFC.replaceAll("-", "")}`, command("what-is", { model: NFC })],
    ["what's a YubiKey Bio?", command("what-is", { model: "YubiKey Bio" })],
  ])("may have an article, and an AAGUID fewer hyphens: %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });
});
