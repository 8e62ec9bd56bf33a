import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

const meaning = (text: string): object | undefined => {
  const parsed = parseCommand(text);
  return parsed.kind === "command" ? parsed.command : undefined;
};

describe("a question of whether, when or who", () => {
  it.each([
    ["is attestation enforced", "explain attestation"],
    ["do we require attestation?", "explain attestation"],
    ["is there an allow list", "explain key restrictions"],
    ["is self-service on?", "explain self-service"],
    ["when was the last scan", "status"],
    ["how fresh is the data?", "status"],
    ["is everything OK", "status"],
    ["are we ready for passkeys for everyone", "status"],
    ["what does the policy allow", "show policy"],
    ["show me the whole config", "show policy"],
    ["is the policy secure?", "show policy"],
    ["who changed this last", "what changed"],
    ["when was the policy changed?", "what changed"],
    ["anything new?", "what changed"],
    ["did anything change today", "what changed"],
    ["am I an approver", "who can approve"],
    ["why can't I approve", "who can approve"],
    ["why can't I approve plan 3", "who approved 3"],
    ["give me evidence for plan 4 as a file", "evidence 4"],
    ["export plan 4", "evidence 4"],
    ["what would it take to enable passkeys for everyone", "what if enable passkeys for everyone"],
    ["what is needed to enforce attestation?", "what if enforce attestation"],
    ["move my passkey to a new phone", "guide"],
    ["my phone is new, how do I move my passkey", "guide"],
    ["what can my iPhone do", "guide ios"],
  ])("%j is answered as %j", (text, plainly) => {
    expect(meaning(text)).toBeDefined();
    expect(meaning(text)).toMatchObject(meaning(plainly) ?? {});
  });

  it.each([
    ["wie viele haben einen Passkey?", "status"],
    ["combien d'utilisateurs ont un passkey ?", "status"],
    ["wer hat Plan 3 genehmigt?", "who approved 3"],
    ["quem aprovou o plano 3?", "who approved 3"],
    ["quién cambió la política?", "what changed"],
    ["gibt es etwas Neues?", "what changed"],
    ["zeige Plan 3 bitte", "show 3"],
  ])("is one in another language, too: %j", (text, plainly) => {
    expect(meaning(text)).toBeDefined();
    expect(meaning(text)).toEqual(meaning(plainly));
  });

  it.each([
    ["deaktiviere passkeys, es hat sich viel geändert", ["disable passkeys"]],
    ["wie viele sollen wir aktivieren?", ["enable passkeys"]],
  ])("is none where a change is spoken of: %j", (text, offers) => {
    expect(parseCommand(text)).toEqual({ kind: "reply", reply: { code: "language", offers } });
  });

  it.each(["anything new from Microsoft", "is the coffee ready", "who did the dishes", "when was lunch"])(
    "is not about this: %j",
    (text) => {
      expect(parseCommand(text)).toEqual({ kind: "ignored" });
    },
  );
});
