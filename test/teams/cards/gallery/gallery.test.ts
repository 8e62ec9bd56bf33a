import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cardProblems, elementsOf } from "../adaptive-card-schema.js";
import { GALLERY, galleryPage } from "./gallery.js";

const ROOT = join(import.meta.dirname, "../../../..");
const CARDS = join(ROOT, "src/teams/cards");
const PICTURES = join(ROOT, "docs/cards");
/** What cards are made of. */
const PARTS = ["card", "withPageOfLists"];

const read = (file: string): string => readFileSync(file, "utf8");
const exhibits = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith("-gallery.ts"))
  .map((name) => read(join(import.meta.dirname, name)))
  .join("\n");

describe("the gallery", () => {
  it("has every function that draws a card", () => {
    const sources = readdirSync(CARDS, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".ts"),
    );
    const drawing = sources.flatMap((name) =>
      [
        ...read(join(CARDS, name)).matchAll(
          /^export function (\w+)[^{]*(?:\{[^}]*\}[^{]*)*?\): AdaptiveCard \{$/gm,
        ),
      ].map(([, called]) => called ?? ""),
    );
    expect(drawing).toContain("planCard");
    expect(drawing.filter((each) => !PARTS.includes(each) && !exhibits.includes(`${each}(`))).toEqual([]);
  });

  it.each(GALLERY)("has a valid card and its picture: %s", (name, _, draw) => {
    expect(cardProblems(draw())).toEqual([]);
    expect(existsSync(join(PICTURES, `${name}.webp`))).toBe(true);
  });

  it("has next steps, none of which is to switch off", () => {
    const steps = GALLERY.flatMap(([, , draw]) => elementsOf(draw(), "RichTextBlock"))
      .map((line) => elementsOf(line, "TextRun").map((run) => run.text))
      .map((runs) => runs.join(""))
      .filter((line) => line.includes("Next: "));
    expect(steps).toContain("Next: status or keys in use.");
    expect(steps.filter((line) => /disable|off/.test(line))).toEqual([]);
  });

  it("is a page of all of them, and has no picture of another", () => {
    expect(read(join(PICTURES, "README.md"))).toBe(galleryPage());
    expect(readdirSync(PICTURES).toSorted()).toEqual(
      ["README.md", ...GALLERY.map(([name]) => `${name}.webp`)].toSorted(),
    );
  });
});
