import { beforeEach, describe, expect, it } from "vitest";
import { GALLERY } from "./gallery/gallery.js";
import { type JudgeCard, publishedSchema } from "./published-schema.js";

const schema = await publishedSchema();

describe("Microsoft's published schema of cards", () => {
  let problems: JudgeCard;
  beforeEach((ctx) => {
    if (schema === undefined) return ctx.skip("skipped: not present");
    problems = schema;
    return undefined;
  });

  it.each(GALLERY)("takes %s", (_name, _says, draw) => {
    expect(problems(draw())).toEqual([]);
  });

  const text = { type: "TextBlock", text: "x", wrap: true };
  it.each([
    ["an unknown element", { ...text, type: "TextBox" }],
    ["an unknown property", { ...text, bold: true }],
    ["a wrong word", { ...text, spacing: "huge" }],
    ["a wrong type", { ...text, text: 7 }],
    ["what is missing", { type: "TextBlock", wrap: true }],
    ["a wrong part of a part", { type: "Container", items: [{ ...text, weight: "heavy" }] }],
  ])("finds %s", (_, element) => {
    const card = { type: "AdaptiveCard", version: "1.5", body: [element] };
    expect(problems(card)).not.toEqual([]);
    expect(problems({ ...card, body: [text] })).toEqual([]);
  });
});
