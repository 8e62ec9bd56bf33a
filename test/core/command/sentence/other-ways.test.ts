import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const meaning = (text: string): object | undefined => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" ? parsed.command : undefined;
};

describe("other ways to say a change", () => {
  it.each([
    ["turn on passkeys for the whole company", "enable passkeys for all users"],
    ["start the passkey rollout", "enable passkeys"],
    ["enforce attestation", "enable passkeys with attestation"],
    ["stop enforcing attestation", "enable passkeys without attestation"],
    ["turn off passkeys for all users", "disable passkeys"],
    ["roll out passkeys to Helpdesk", "enable passkeys for Helpdesk"],
    ["roll passkeys out to HR", "enable passkeys for HR"],
    ["bring passkeys to HR", "enable passkeys for HR"],
    ["get Helpdesk onto passkeys", "enable passkeys for Helpdesk"],
    ["give passkeys to everyone", "enable passkeys for all users"],
    ["kick off the pilot with group IT", "enable passkeys for IT"],
    ["pull passkeys from Pilot", "remove group Pilot"],
    ["stop passkeys", "disable passkeys"],
    ["Helpdesk should get passkeys too", "add group Helpdesk"],
    ["give Helpdesk passkeys", "add group Helpdesk"],
    ["take passkeys away from Pilot", "remove group Pilot"],
    ["everyone but Helpdesk", "exclude group Helpdesk"],
    ["stop excluding Contractors", "include group Contractors again"],
  ])("%j means %j", (text, plainly) => {
    expect(meaning(text)).toBeDefined();
    expect(meaning(text)).toEqual(meaning(plainly));
  });

  it.each([
    "who should get passkeys",
    "everyone should use passkeys",
    "let me use passkeys",
    "start the rollout?",
  ])("are not read into %j", (text) => {
    expect(meaning(text)).not.toMatchObject({ kind: expect.stringMatching(/^(add-group|enable)$/) });
  });
});
