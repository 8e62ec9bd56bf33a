import { describe, expect, it } from "vitest";
import { text, typed } from "../../../../src/teams/cards/parts/card-parts.js";
import { bytesOf, fitted } from "../../../../src/teams/cards/parts/fitted.js";

const only = (markdown: string): string => fitted([text(markdown)], 700)[0]?.text ?? "";

describe("texts of a card that would be too large", () => {
  it("stay as they are as long as there is room", () => {
    const parts = [text("a".repeat(1_500)), typed("show 1")];
    expect(fitted(parts, 2_000)).toBe(parts);
  });

  it("are cut where they are long, and left alone where they are not", () => {
    const parts = [text("a".repeat(5_000)), text("Nobody loses passkey sign-in."), typed("undo 12")];
    const [first, ...others] = fitted(parts, 1_500);
    expect(first?.type === "TextBlock" && first.text).toMatch(/^a+…$/);
    expect(others).toEqual(parts.slice(1));
    expect(bytesOf(fitted(parts, 1_500))).toBeLessThanOrEqual(1_500);
  });

  it("are never cut within an escape, a date or a character, and end what is bold", () => {
    expect(only(`**${"\\*".repeat(2_000)}**`)).toMatch(/^\*\*(\\\*)+…\*\*$/);
    expect(only("{{TIME(2026-11-22T10:42:00Z)}}".repeat(2_000))).toMatch(/^(\{\{TIME\([^)]*\)\}\})+…$/);
    expect(only("\u{1f511}".repeat(2_000))).toMatch(/^\u{1f511}+…$/u);
  });
});
