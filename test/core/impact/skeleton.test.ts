import { describe, expect, it } from "vitest";
import { CONFUSABLES } from "../../../src/core/impact/look-alikes/confusables.js";
import { looksLike } from "../../../src/core/impact/look-alikes/skeleton.js";

describe("two names look alike", () => {
  it.each([
    ["Helpdesk", "Helpdesk", "the same"],
    ["Helpdesk", "HELPDESK", "in capitals"],
    ["Helpdesk", "Hеlpdеsk", "with Cyrillic letters"],
    ["HELPDESK", "НЕLРDЕЅК", "with Cyrillic capitals"],
    ["Helpdesk", "нelpdesk", "with a small letter whose capital is alike"],
    ["Helpdesk", "Ηelpdesk", "with a Greek letter"],
    ["Helpdesk", "Help\u200bdesk", "with a zero-width space"],
    ["Helpdesk", "Help\u00addesk", "with a soft hyphen"],
    ["Helpdesk", "\u202eHelpdesk\u202c", "with direction marks"],
    ["Helpdesk", "Help\u{e0064}desk", "with a tag"],
    ["Helpdesk", "Helpdesk\ufe0f", "with a variation selector"],
    ["Helpdesk", "Help desk", "with a blank"],
    ["Help desk", "Help\u2009desk", "with a thin blank"],
    ["Helpdesk", "Ｈｅｌｐｄｅｓｋ", "in wide letters"],
    ["Helpdesk", "𝐇𝐞𝐥𝐩𝐝𝐞𝐬𝐤", "in bold letters"],
    ["Helpdesk", "Helpdeṣk", "with a dot below"],
    ["Pilot", "PiIot", "with a capital I for an l"],
    ["Pilot", "Pi1ot", "with a one for an l"],
    ["PILOT", "PlLOT", "with an l for a capital I"],
    ["Pilot", "Pil0t", "with a nought for an o"],
    ["Members", "Mernbers", "with r and n for an m"],
    ["Wave 2 (EMEA)", "Wave 2 （EMEA）", "with wide brackets"],
    ["All-Staff", "All‐Staff", "with another hyphen"],
  ])("%j and %j: %s", (one, other) => {
    expect(looksLike(one, other)).toBe(true);
    expect(looksLike(other, one)).toBe(true);
  });

  it.each([
    ["Helpdesk", "Helpdesk 2"],
    ["Pilot", "Pilots"],
    ["Wave 1", "Wave 2"],
    ["Sales", "Salsa"],
    ["Contractors North", "Contractors South"],
    ["財務", "人事"],
    ["Отдел продаж", "Отдел кадров"],
    ["अनुबंध", "अनुदान"],
  ])("and %j and %j do not", (one, other) => {
    expect(looksLike(one, other)).toBe(false);
  });

  it("whichever character of Unicode's table stands for the other", () => {
    const missed = [...CONFUSABLES].filter(
      ([character, drawn]) => !looksLike(`a${character}b`, `a${drawn}b`),
    );
    expect(missed).toEqual([]);
    expect(CONFUSABLES.size).toBeGreaterThan(2000);
  });
});
