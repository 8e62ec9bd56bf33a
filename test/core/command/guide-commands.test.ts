import { describe, expect, it } from "vitest";
import { employeeTopic } from "../../../src/core/command/guide/employee-topic.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";

const command = (kind: string, platform?: string) => ({
  kind: "command",
  command: { kind, ...(platform === undefined ? {} : { platform }) },
});

describe("a guide is asked for", () => {
  it.each([
    ["guide ios", "ios"],
    ["guide Android", "android"],
    ["guide for my windows laptop", "windows"],
    ["guide security key", "security-key"],
    ["how do I set up a passkey on my iPhone?", "ios"],
    ["how to register a YubiKey on my iPhone", "security-key"],
    ["walk me through setting up a passkey on a Pixel", "android"],
    ["instructions for people with a new iPad", "ios"],
    ["how does a new colleague get a key?", "security-key"],
  ])("by platform: %j", (text, platform) => {
    expect(parseCommand(text)).toEqual(command("guide", platform));
  });

  it.each([
    "guide",
    "how to",
    "how do I set up a passkey?",
    "how do I add a passkey in Microsoft Authenticator?",
    "guide for iPhone and Android",
  ])("without one platform: %j", (text) => {
    expect(parseCommand(text)).toEqual(command("guide"));
  });

  it.each([
    "how do I add Titan to the allow list?",
    "how do I delete a passkey?",
    "how do we enable passkeys for Finance?",
    'guide "ios"',
  ])("not by %j, which asks for something else", (text) => {
    expect(parseCommand(text)).not.toMatchObject({ command: { kind: "guide" } });
  });
});

describe("trouble with one's own key", () => {
  it.each([
    ["I lost my YubiKey", command("lost", "security-key")],
    ["I've lost my phone", command("lost")],
    ["my phone was stolen", command("lost")],
    ["my key doesn't work", command("locked-out", "security-key")],
    ["I'm locked out", command("locked-out")],
    ["I can't sign in with my passkey", command("locked-out")],
  ])("is heard in %j", (text, expected) => {
    expect(parseCommand(text)).toEqual(expected);
  });

  it.each(["I lost my patience", "my printer doesn't work", "remove my lost Titan keys"])(
    "is not heard in %j",
    (text) => {
      expect(parseCommand(text)).not.toMatchObject({
        command: { kind: expect.stringMatching(/lost|locked-out/) },
      });
    },
  );
});

describe("a guide for other people", () => {
  it.each(["send the guide to Pilot", "remind people without passkeys", "email the pilot group"])(
    "is a text to send: %j",
    (text) => {
      expect(parseCommand(text)).toEqual(command("send-guide"));
    },
  );

  it.each(["send me the evidence for plan 4", "message me when it is done", "send approvals here"])(
    "is something else than %j",
    (text) => {
      expect(parseCommand(text)).not.toMatchObject({ command: { kind: "send-guide" } });
    },
  );
});

describe("what a person without a role is after", () => {
  it.each<[string, object]>([
    ["ich habe meinen Schlüssel verloren", { kind: "lost" }],
    ["j'ai perdu ma clé", { kind: "lost" }],
    ["somebody stole my phone", { kind: "lost" }],
    ["why can I not sign in?", { kind: "locked-out" }],
    ["my YubiKey isn’t recognised", { kind: "locked-out" }],
    ["wie kann ich einen Passkey auf dem iPhone einrichten?", { kind: "guide", platform: "ios" }],
    ["can I use my own YubiKey?", { kind: "guide", platform: "security-key" }],
    ["how do I get a passkey?", { kind: "guide" }],
    ["who uses titan", { kind: "other" }],
    ["enable passkeys", { kind: "other" }],
    ["hi", { kind: "other" }],
    ["", { kind: "other" }],
  ])("is told by the words of %j", (text, topic) => {
    expect(employeeTopic(text)).toEqual(topic);
  });
});
