import { describe, expect, it } from "vitest";
import { isOpposite } from "../../../src/core/command/direction.js";
import { parseCommand } from "../../../src/core/command/parse-command.js";
import { wordsOf } from "../../../src/core/command/words.js";

const GIVES: readonly string[] = ["enable", "allow", "allow-keys-in-use", "add-group", "include-group"];
const TAKES: readonly string[] = ["disable", "remove", "remove-group", "exclude-group"];
/** The command that is asked back, if one is. */
function suggested(text: string): string | undefined {
  const parsed = parseCommand(text);
  if (parsed.kind !== "reply" || parsed.reply.code !== "did-you-mean") return undefined;
  const meant = parseCommand(parsed.reply.suggestion);
  if (meant.kind === "reply") return meant.reply.code === "off-for-some" ? "disable" : undefined;
  return meant.kind === "command" ? meant.command.kind : undefined;
}

/** A letter left out, wherever that is. */
const slips = (said: string): readonly string[] =>
  [...said].map((_, at) => said.slice(0, at) + said.slice(at + 1));

describe("what a slip is asked back as", () => {
  it.each([
    [["enable passkeys", "activate passkeys", "turn on passkeys", "unblock titan", "add group HR"], TAKES],
    [["disable passkeys", "deactivate passkeys", "turn off passkeys", "exclude group HR"], GIVES],
  ])("is never the opposite of %j", (sentences, opposite) => {
    const turned = sentences
      .flatMap((said) => slips(said))
      .filter((text) => opposite.includes(suggested(text) ?? ""));
    expect(turned).toEqual([]);
  });

  it.each([
    "roll fido2 out",
    "bring passkeys",
    "give passkeys",
    "rol passkeys out",
    "get passkeys going now",
  ])("is never turning off where %j gives", (said) => {
    for (const text of [said, `${said} to HR`, `${said} for group HR`, `${said} to the Helpdesk`]) {
      expect(suggested(text) ?? "nothing").not.toBe("disable");
    }
  });

  it.each([
    "inactivate passkeys",
    "pull passkeys",
    "disenable passkeys",
    "un-enable passkeys",
    "unactivate passkeys",
  ])("is never turning on where %j takes", (text) => {
    expect(GIVES).not.toContain(suggested(text));
  });
});

describe("the opposite", () => {
  it.each<[string, string, boolean]>([
    ["reactivate passkeys", "deactivate passkeys", true],
    ["inactivate passkeys", "activate passkeys", true],
    ["unexclude group", "exclude group", true],
    ["enabel passkeys", "disable passkeys", false],
    ["diasble passkeys", "disable passkeys", false],
    ["stop excluding", "exclude", false],
    ["show polcy", "show policy", false],
  ])("of %j is %j: %j", (typed, meant, isSo) => {
    expect(isOpposite(wordsOf(typed), meant.split(" "))).toBe(isSo);
  });
});
