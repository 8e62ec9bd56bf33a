import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { PLATFORMS } from "../../../../src/core/command/guide/platform.js";
import type { GuideStanding } from "../../../../src/core/report/guide.js";
import { guideCard } from "../../../../src/teams/cards/reports/guide-card.js";
import { STEP_DRAWINGS } from "../../../../src/teams/cards/reports/step-drawings.js";
import { DRAWING_WORDS, guideSteps } from "../../../../src/teams/words/guide-words.js";

const ANY = { kind: "allowed", attested: false, keys: { mode: "any" } } as const;
const OWN_PAGE = "https://own.example/security-info";
const words = (standing: GuideStanding) => JSON.stringify(guideCard("security-key", standing, OWN_PAGE));

describe("a guide's card", () => {
  it.each(PLATFORMS)("has at most six steps, each drawn, in a third of what Teams takes: %s", (platform) => {
    const steps = guideSteps(platform, OWN_PAGE);
    expect(steps.length).toBeLessThanOrEqual(6);
    const card = JSON.stringify(guideCard(platform, ANY, OWN_PAGE));
    for (const { drawing } of steps) expect(card).toContain(STEP_DRAWINGS[drawing]);
    expect(Buffer.byteLength(card)).toBeLessThan(28_000 / 3);
    expect(card).toContain(OWN_PAGE);
  });

  it.each(Object.keys(DRAWING_WORDS) as (keyof typeof DRAWING_WORDS)[])("draws a whole PNG: %s", (name) => {
    const png = Buffer.from(STEP_DRAWINGS[name], "base64");
    expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
    const side = png.readUInt32BE(16);
    const at = png.indexOf("IDAT", 0, "latin1");
    const pixels = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    expect(pixels).toHaveLength(side * (side / 2 + 1));
  });

  it("says which keys are allowed, the first of many, and escapes what they are called", () => {
    const names = ["*Bold* Key", ...Array.from({ length: 9 }, (_, at) => `Key ${at}`)];
    const said = words({ ...ANY, keys: { mode: "only", names } });
    expect(said).toContain("These keys are allowed: \\\\*Bold\\\\* Key, Key 0");
    expect(said).toContain("4 more");
  });

  it("leaves the steps where it is not allowed, and says what is", () => {
    const said = words({ kind: "not-allowed", instead: ["ios"] });
    expect(said).toContain("Use an iPhone or iPad instead.");
    expect(said).toContain("When it is allowed, this is how:");
  });
});
