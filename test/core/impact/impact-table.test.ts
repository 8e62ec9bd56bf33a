import { describe, expect, it } from "vitest";
import { EVERYONE, IMPACT_TABLE, MEMBERS } from "./impact-cases.js";
import { impactOf, names } from "./sample-keyholders.js";

const byName = (list: readonly string[]) => [...list].sort((a, b) => a.localeCompare(b));

describe.each(IMPACT_TABLE)("%s", (_, rows) => {
  it.each(rows)("%s", async (_change, before, after, people, lose, keep) => {
    const asked = people.map((name) => EVERYONE[name]);
    const impact = await impactOf(before, after, asked, { members: MEMBERS });
    expect({ lose: names(impact.losing), keep: names(impact.keepingAnother) }).toEqual({
      lose: byName(lose),
      keep: byName(keep),
    });
    // What the two policies say alone never promises more than what becomes of people.
    if (lose.length + keep.length > 0) expect(impact.narrows).toBe(true);
  });
});
