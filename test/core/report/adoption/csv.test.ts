import { describe, expect, it } from "vitest";
import { csvOf } from "../../../../src/core/report/adoption/csv.js";

const cells = (...row: string[]) => csvOf([row]).replace("\ufeff", "").replace("\r\n", "");

describe("a file for spreadsheets", () => {
  it("has each cell in quotes, quotes doubled, and a line for each row, in UTF-8 that Excel knows", () => {
    expect(
      csvOf([
        ["Name", "Id"],
        ['Emmy "Em" Noether, Dr.', "é"],
      ]),
    ).toBe('\ufeff"Name","Id"\r\n"Emmy ""Em"" Noether, Dr.","é"\r\n');
  });

  it.each([
    '=HYPERLINK("https://evil.example")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "\u00a0=1",
    "＝1",
    "|cmd",
    "%0A",
  ])("makes no formula of %j", (name) => {
    expect(cells(name)).toMatch(/^"'/);
  });

  it.each(["Emmy Noether", "O'Brien", "a-b", "a=b", "", "1+1"])("leaves %j as it is", (name) => {
    expect(cells(name)).toBe(`"${name}"`);
  });

  it("has no line break in a cell", () => {
    expect(cells("Emmy\r\nNoether\u0000")).toBe('"Emmy Noether "');
  });
});
