import { describe, expect, it } from "vitest";
import { oneLine, sentence } from "../../../src/core/words/one-line.js";
import { visible } from "../../../src/core/words/visible.js";
import { fc } from "../../setup/drawn.js";

/** Every code point of which Unicode says that it shows nothing of its own; of those without a meaning, some. */
function unseenCodePoints(): readonly number[] {
  const shows = /[\p{L}\p{N}\p{P}\p{S}\p{M} ]/u;
  const isVacant = /[\p{Cn}\p{Co}]/u;
  const isIgnorable = /\p{Default_Ignorable_Code_Point}/u;
  return Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => {
    const character = String.fromCodePoint(code);
    if (isVacant.test(character) && code % 1000 !== 0) return false;
    return !shows.test(character) || isIgnorable.test(character);
  });
}
const UNSEEN = unseenCodePoints();

describe("what would not be seen in a name", () => {
  it("is shown as its code point, whichever it is", () => {
    expect(UNSEEN.length).toBeGreaterThan(3000);
    const kept = UNSEEN.filter((code) => {
      const shown = visible(`Help${String.fromCodePoint(code)}desk`);
      return shown !== `Help⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩desk`;
    });
    expect(kept).toEqual([]);
  });

  it.each([
    ["zero-width space", "Help\u200bdesk", "Help⟨U+200B⟩desk"],
    ["soft hyphen", "Help\u00addesk", "Help⟨U+00AD⟩desk"],
    ["right-to-left override", "\u202ekseD", "⟨U+202E⟩kseD"],
    ["a tag", "Helpdesk\u{e0041}", "Helpdesk⟨U+E0041⟩"],
    ["a variation selector after a digit", "Wave 1\ufe0f", "Wave 1⟨U+FE0F⟩"],
    ["an empty Braille cell", "Help\u2800desk", "Help⟨U+2800⟩desk"],
    ["a Hangul filler", "Help\u3164desk", "Help⟨U+3164⟩desk"],
    ["half of a pair", "Help\ud800desk", "Help⟨U+D800⟩desk"],
    ["a thin blank", "Help\u2009desk", "Help⟨U+2009⟩desk"],
  ])("%s", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("stays part of the one sign it is in an emoji", () => {
    expect(visible("❤️ 👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣")).toBe("❤️ 👩‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣");
  });

  it("never makes two names that differ look the same", () => {
    const unseen = fc
      .constantFrom(...UNSEEN.slice(0, 200), 0x20, 0xfe0f, 0xe0041)
      .map((c) => String.fromCodePoint(c));
    const name = fc.string({ unit: fc.oneof(fc.constantFrom("a", "b"), unseen), maxLength: 8 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        if (one !== other) expect(oneLine(one)).not.toBe(oneLine(other));
      }),
    );
  });
});

describe("blanks and new lines", () => {
  it("are shown in a name where a client would show fewer", () => {
    expect(oneLine(" Help  desk")).toBe("⟨U+0020⟩Help ⟨U+0020⟩desk");
    expect(oneLine("Help\ndesk")).toBe("Help⟨U+000A⟩desk");
  });

  it("mean nothing in sentences", () => {
    expect(sentence("  a \r\n b\tc\u2029")).toBe("a b c");
  });
});
