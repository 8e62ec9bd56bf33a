import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (text: string): unknown => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" ? parsed.command : parsed;
};

describe("what is to be explained", () => {
  it.each([
    ["explain attestation", "attestation"],
    ["what is a passkey?", "passkey"],
    ["What are passkeys", "passkey"],
    ["what's an AAGUID", "aaguid"],
    ["what does attestation mean?", "attestation"],
    ["what is the difference between synced and device-bound?", "types"],
    ["difference between an allow list and a block list", "restrictions"],
    ["how do passkey profiles work?", "profile"],
  ])("%j explains %s", (text, concept) => {
    expect(command(text)).toEqual({ kind: "explain", concept });
  });

  it.each([
    "enable self-service",
    "turn on self-service registration",
    "switch self service off",
    "let people set up passkeys themselves",
    "allow users to register their own passkeys",
  ])("%j is answered with what self-service is, and how it is here", (text) => {
    expect(command(text)).toEqual({ kind: "explain", concept: "self-service" });
  });

  it("leaves models to what is known of models, and chat alone", () => {
    expect(command("what is YubiKey 5 NFC")).toEqual({ kind: "what-is", model: "YubiKey 5 NFC" });
    expect(command("explain yourself")).toEqual({ kind: "ignored" });
    expect(command("what is the difference between titan and attestation")).toEqual({ kind: "ignored" });
  });
});

describe("whether a model is allowed", () => {
  it.each([
    "is titan allowed?",
    "is titan on the allow list",
    "are titan allowed?",
    "titan allowed?",
    "can people use titan?",
  ])("%j asks it of titan", (text) => {
    expect(command(text)).toEqual({ kind: "is-allowed", model: "titan" });
  });

  it.each(["is it allowed?", "what is allowed?", "is this on the list"])("%j names no model", (text) => {
    expect(command(text)).not.toMatchObject({ kind: "is-allowed" });
  });
});

describe("a question's mark", () => {
  it("is no obstacle to looking, and is one to a change", () => {
    expect(command("pending?")).toEqual({ kind: "pending" });
    expect(command("is there drift?")).toEqual({ kind: "drift" });
    expect(command("disable passkeys?")).not.toHaveProperty("kind", "disable");
  });
});
