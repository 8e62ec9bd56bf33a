import { describe, expect, it } from "vitest";
import { listPages } from "../../../../src/teams/cards/parts/list-pages.js";
import { fc } from "../../../setup/drawn.js";

const lines = (count: number, word = "line") => Array.from({ length: count }, (_, at) => `${word} ${at + 1}`);
const ROOMY = 100_000;

describe("lists over pages", () => {
  it("are one empty page when there is nothing", () => {
    expect(listPages([], { lines: 5, bytes: ROOMY })).toEqual([[]]);
    expect(listPages([{ title: "None", lines: [] }], { lines: 5, bytes: ROOMY })).toEqual([[]]);
  });

  it("go on where the one before ended", () => {
    const lists = [
      { title: "A", lines: lines(3, "a") },
      { title: "B", lines: lines(4, "b") },
    ];
    expect(listPages(lists, { lines: 5, bytes: ROOMY })).toEqual([
      [
        { title: "A (3)", lines: ["a 1", "a 2", "a 3"] },
        { title: "B (1 to 2 of 4)", lines: ["b 1", "b 2"] },
      ],
      [{ title: "B (3 to 4 of 4)", lines: ["b 3", "b 4"] }],
    ]);
  });

  it("say how many there are where only the first are known", () => {
    const [page] = listPages([{ title: "A", count: 1_000, lines: lines(2) }], { lines: 5, bytes: ROOMY });
    expect(page?.[0]?.title).toBe("A (1 to 2 of 1,000)");
  });

  it("give a line that is larger than a page a page of its own", () => {
    const huge = "x".repeat(900);
    const pages = listPages([{ title: "A", lines: ["a", huge, "b"] }], { lines: 5, bytes: 700 });
    expect(pages.map((parts) => parts.flatMap((part) => part.lines))).toEqual([["a"], [huge], ["b"]]);
  });

  it("keep every line once and in order, within the size of a page", () => {
    const anyLists = fc.array(
      fc.record({
        title: fc.constant("T"),
        lines: fc.array(fc.string({ maxLength: 60 }), { maxLength: 30 }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(
        anyLists,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 600, max: 2_000 }),
        (lists, most, bytes) => {
          const pages = listPages(lists, { lines: most, bytes });
          const shown = pages.map((parts) => parts.flatMap((part) => part.lines));
          expect(shown.flat()).toEqual(lists.flatMap((list) => list.lines));
          for (const page of shown) expect(page.length).toBeLessThanOrEqual(most);
          for (const parts of pages) {
            expect(Buffer.byteLength(JSON.stringify(parts))).toBeLessThanOrEqual(bytes + 60);
          }
        },
      ),
    );
  });
});
