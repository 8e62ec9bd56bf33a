import { describe, expect, it } from "vitest";
import { cardProblems } from "./adaptive-card-schema.js";
import type { MicrosoftCard } from "./microsoft-card.js";

const card = (body: MicrosoftCard["body"]): MicrosoftCard => ({ type: "AdaptiveCard", version: "1.5", body });

describe("a card to Microsoft's library", () => {
  it("may spell words as the schema does, and says no others", () => {
    const text = { type: "TextBlock", text: "x", wrap: true } as const;
    const good = card([{ ...text, spacing: "small", weight: "Bolder", color: "good" }]);
    expect(cardProblems(good)).toEqual([]);
    // @ts-expect-error: no such spacing
    expect(cardProblems(card([{ ...text, spacing: "huge" }]))).not.toEqual([]);
    // @ts-expect-error: no such element
    expect(cardProblems(card([{ ...text, type: "TextBox" }]))).not.toEqual([]);
    // @ts-expect-error: no such property
    expect(cardProblems(card([{ ...text, bold: true }]))).not.toEqual([]);
  });
});
