import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../../src/core/command/parse-command.js";

describe("words that are not one's own", () => {
  it.each([
    "> disable passkeys",
    "Re: disable passkeys",
    "Fwd: disable passkeys",
    "Linus wrote: disable passkeys",
    "On Monday Linus Torvalds wrote:\ndisable passkeys",
    "-----Original Message-----\ndisable passkeys",
    "```disable passkeys```",
    "```\ndisable passkeys",
    "~~disable passkeys~~",
  ])("do not count: %j", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "reply", reply: { code: "only-quoted" } });
  });

  it.each([
    "> disable passkeys\nshow policy",
    "~~disable passkeys~~ show policy",
    "Re: passkeys\n\nshow policy",
  ])("leave the rest of %j as it is", (text) => {
    expect(parseCommand(text)).toEqual({ kind: "command", command: { kind: "show-policy" } });
  });
});

describe("a change that is asked about", () => {
  it.each([
    ["remove titan?", "remove titan"],
    ["enable passkeys for Helpdesk?", "enable passkeys for Helpdesk"],
  ])("is not asked for: %j", (text, suggestion) => {
    expect(parseCommand(text)).toEqual({ kind: "reply", reply: { code: "only-asked", suggestion } });
  });

  it("may have a name with such a mark, in quotes", () => {
    expect(parseCommand('add group "Who is in?"')).toMatchObject({ kind: "command" });
  });

  it.each(["history?", "#12?", "show policy?"])("does not stop what only looks: %j", (text) => {
    expect(parseCommand(text)).not.toMatchObject({ reply: { code: "only-asked" } });
  });
});
