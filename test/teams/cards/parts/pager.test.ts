import { describe, expect, it } from "vitest";
import { chunksOf, leafButtons, pageAt, rangeWords } from "../../../../src/teams/cards/parts/pager.js";
import { cancelScanButton } from "../../../../src/teams/cards/scan/scan-buttons.js";

const SEVEN = [1, 2, 3, 4, 5, 6, 7];

describe("a pager", () => {
  it("puts as many items on each page, and the rest on the last", () => {
    expect(chunksOf(SEVEN, 3)).toEqual([
      { first: 1, items: [1, 2, 3] },
      { first: 4, items: [4, 5, 6] },
      { first: 7, items: [7] },
    ]);
    expect(chunksOf([], 3)).toEqual([]);
  });

  it("gives the page asked for, the last for one beyond it, the first for one before it", () => {
    expect(pageAt(["a", "b"], 2, "none")).toEqual({ page: 2, pages: 2, content: "b" });
    expect(pageAt(["a", "b"], 9, "none")).toEqual({ page: 2, pages: 2, content: "b" });
    expect(pageAt(["a", "b"], 0, "none")).toEqual({ page: 1, pages: 2, content: "a" });
  });

  it("has one empty page where there is nothing", () => {
    expect(pageAt([], 1, "none")).toEqual({ page: 1, pages: 1, content: "none" });
  });

  it("says which items of how many a page has", () => {
    expect(rangeWords(51, 50, 5_000)).toBe("51 to 100 of 5,000");
  });

  it("leafs back and forth between the first page and the last, and nowhere else", () => {
    const titles = (page: number, pages: number) =>
      leafButtons({ page, pages }, (title, to) => ({
        ...cancelScanButton("scan"),
        title: `${title} ${to}`,
      })).map(({ title }) => title);
    expect(titles(1, 1)).toEqual([]);
    expect(titles(1, 3)).toEqual(["Next page 2"]);
    expect(titles(2, 3)).toEqual(["Previous page 1", "Next page 3"]);
    expect(titles(3, 3)).toEqual(["Previous page 2"]);
  });
});
