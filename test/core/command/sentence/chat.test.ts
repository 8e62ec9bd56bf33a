import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

describe("small talk", () => {
  it.each(["thanks!", "Thank you, Latchkey", "👍", "...", "ok", "merci", "never mind", "good night"])(
    "that wants no answer gets none: %j",
    (text) => {
      expect(parseCommand(text)).toEqual({ kind: "thanks" });
    },
  );

  it.each([
    "hi",
    "Good morning!",
    "morning all",
    "good morning everyone",
    "who are you?",
    "Hola",
    "こんにちは",
  ])("that greets is greeted: %j", (text) => {
    const parsed = parseCommand(text);
    expect(parsed).toMatchObject({ kind: "reply", reply: { code: "greeting" } });
    const offers = parsed.kind === "reply" && parsed.reply.code === "greeting" ? parsed.reply.offers : [];
    for (const offer of offers) expect(parseCommand(offer).kind).toBe("command");
  });
});
