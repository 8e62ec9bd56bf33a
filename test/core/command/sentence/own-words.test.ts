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
    ["enable passkeys?", "enable passkeys"],
    ["enable passkeys for Helpdesk?", "enable passkeys for Helpdesk"],
    ["allow titan please?", "allow titan"],
  ])("is not asked for: %j", (text, suggestion) => {
    expect(parseCommand(text)).toEqual({ kind: "reply", reply: { code: "only-asked", suggestion } });
  });

  it.each([
    ["disable passkeys?", "disable passkeys"],
    ["Disable passkeys, please?", "disable passkeys"],
    ["remove titan?", "remove titan"],
    ["exclude group Helpdesk?", "exclude group Helpdesk"],
    ["can we remove titan", "remove titan"],
  ])("is told whom it would hurt where it takes something away: %j", (text, said) => {
    expect(parseCommand(text)).toMatchObject({ kind: "command", command: { kind: "what-if", said } });
  });

  it.each([
    ["what if we took titan off the list", "remove titan"],
    ["impact of attestation?", "enable passkeys with attestation"],
    ["does enforcing attestation break anything", "enable passkeys with attestation"],
    ["would removing titan lock anyone out?", "remove titan"],
  ])("may be in the past, a noun, or what is done: %j", (text, said) => {
    expect(parseCommand(text)).toMatchObject({ kind: "command", command: { kind: "what-if", said } });
  });

  it("may have a name with such a mark, in quotes", () => {
    expect(parseCommand('add group "Who is in?"')).toMatchObject({ kind: "command" });
  });

  it.each(["history?", "#12?", "show policy?"])("does not stop what only looks: %j", (text) => {
    expect(parseCommand(text)).not.toMatchObject({ reply: { code: "only-asked" } });
  });
});
