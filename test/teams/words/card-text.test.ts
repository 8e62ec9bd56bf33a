import { describe, expect, it } from "vitest";
import { listed } from "../../../src/core/words/amounts.js";
import { code, moment, plain, plainSentences, withoutMarkdown } from "../../../src/teams/words/card-text.js";

describe("text from elsewhere", () => {
  it.each([
    ["Microsoft Authenticator (iOS)", "Microsoft Authenticator (iOS)"],
    ["snake_case_name", "snake_case_name"],
    ["_emphasis_", "\\_emphasis\\_"],
    ["*star*", "\\*star\\*"],
    ["[a](b)", "\\[a\\](b)"],
    ["`x`", "\\`x\\`"],
    ["~~x~~", "\\~\\~x\\~\\~"],
    ["# x", "\\# x"],
    ["- x", "\\- x"],
    ["+ x", "\\+ x"],
    ["> x", "\\> x"],
    ["1. x", "1\\. x"],
    ["C:\\x", "C:\\\\x"],
    ["<b>", "\\<b>"],
    ["&lt;", "\\&lt;"],
    ["R&D", "R&D"],
    ["a\r\n\u2028b\tc", "a⟨U+000D⟩⟨U+000A⟩⟨U+2028⟩b⟨U+0009⟩c"],
    ["{{{TIME(x)}}", "{ { {TIME(x)}}"],
    ["Ada\u202e\u200b", "Ada⟨U+202E⟩⟨U+200B⟩"],
    ["Help  desk ", "Help ⟨U+0020⟩desk⟨U+0020⟩"],
    ["Help\u00a0desk", "Help⟨U+00A0⟩desk"],
    ["\u05d0\u05d1", "\u2068\u05d0\u05d1\u2069"],
    ["Team ❤️ 👩‍💻", "Team ❤️ 👩‍💻"],
  ])("%j is written %j", (text, escaped) => {
    expect(plain(text)).toBe(escaped);
  });

  it("is cut at 160 characters, whole ones", () => {
    expect([...plain("😀".repeat(500))]).toHaveLength(160);
  });

  it("may have several lines where it is sentences: those are one, and blanks mean nothing", () => {
    expect(plainSentences(" Not now.\r\n\tAsk  on *Monday*.\u2028 ")).toBe("Not now. Ask on \\*Monday\\*.");
    expect(plainSentences("Not\u200bnow")).toBe("Not⟨U+200B⟩now");
    expect([...plainSentences("x".repeat(900))]).toHaveLength(500);
  });

  it("cannot leave its code span", () => {
    expect(code("a`b\nc")).toBe("`a'b c`");
  });

  it("loses its escapes where nothing is formatted", () => {
    expect(withoutMarkdown("Say `pending`, \\*Ada\\* C:\\\\x")).toBe("Say “pending”, *Ada* C:\\x");
  });
});

describe("moments and lists", () => {
  it("show a time near another one as the time alone, without milliseconds", () => {
    expect(moment("2026-11-22T10:42:00.000Z", "2026-11-22T10:00:00.000Z")).toBe(
      "{{TIME(2026-11-22T10:42:00Z)}}",
    );
    expect(moment("2026-11-22T10:42:00.000Z", "2026-11-20T10:00:00.000Z")).toBe(
      "{{DATE(2026-11-22T10:42:00Z, COMPACT)}} {{TIME(2026-11-22T10:42:00Z)}}",
    );
  });

  it("join names as people do", () => {
    expect(listed(["a"], 3)).toBe("a");
    expect(listed(["a", "b", "c"], 3)).toBe("a, b and c");
    expect(listed(["a", "b", "c", "d"], 2)).toBe("a, b and 2 more");
  });
});
