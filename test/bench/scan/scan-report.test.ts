import { describe, expect, test } from "vitest";
import type { SizeFigures } from "../../../bench/scan/measure-size.js";
import type { ScanFigures } from "../../../bench/scan/scan-bench.js";
import { memoryTarget, scanTable, targetsOf, wireBound } from "../../../bench/scan/scan-report.js";
import { isMet } from "../../../bench/target.js";

const run = (figures: Partial<ScanFigures>): ScanFigures => ({
  seconds: 2,
  cpuSeconds: 1,
  directoryCpuSeconds: 0.5,
  peakRssMb: 140,
  peakHeapMb: 40,
  models: [],
  people: 2_000,
  http: 110,
  counted: 2_000,
  throttled: 0,
  modelsLost: 0,
  peopleLost: 0,
  pages: 10,
  leastSeconds: 1.6,
  wireSeconds: 1.8,
  ...figures,
});

const size = (figures: Partial<SizeFigures>): SizeFigures => ({
  people: 10_000,
  limit: { requests: 500, perSeconds: 10 },
  runs: 3,
  module: run({ seconds: 18 }),
  scans: [run({}), run({ seconds: 9, peakRssMb: 300 }), run({ seconds: 1.9, peakRssMb: 139 })],
  roomy: run({}),
  flatOut: run({}),
  changed: 20,
  rescan: run({ http: 5, counted: 25 }),
  throttledScan: run({ seconds: 33 }),
  throttledModule: undefined,
  refused: [],
  ...figures,
});

const missed = (figures: SizeFigures) =>
  targetsOf(figures)
    .filter((target) => !isMet(target))
    .map(({ about }) => about);

describe("the targets of a scan", () => {
  test("are met by one that is quick, loses nobody, and has a bad run among three", () => {
    expect(missed(size({}))).toEqual([]);
  });

  test("are missed by a scan that is not eight times as fast as the baseline", () => {
    expect(missed(size({ module: run({ seconds: 15.9 }) }))).toEqual([
      "faster than the baseline, at 10,000 people",
    ]);
  });

  test("leave so much more than the wire takes by itself, whatever the baseline does", () => {
    const about = "of the least time that the report's pages and a batch take on the wire, at 10,000 people";
    expect(missed(size({ scans: [run({ leastSeconds: 1.24 })] }))).toEqual([about]);
    expect(wireBound(size({}))).toContain("10 pages one after the other and one batch take 1.60 s");
    expect(wireBound(size({}))).toContain("more than 11.3x the baseline cannot be had");
  });

  test.each([
    [0.02, 5],
    [0.1, 2],
  ])(
    "want a scan where %d of people are refused once to be %d times as fast as a patient baseline",
    (share, times) => {
      const refused = (seconds: number) =>
        size({
          refused: [
            { share, module: run({ seconds: 20 }), scans: [run({ seconds }), run({}), run({ seconds: 90 })] },
          ],
        });
      expect(missed(refused(20 / times))).toEqual([]);
      expect(missed(refused(20 / times + 0.1))).toHaveLength(1);
    },
  );

  test("give a throttled scan a quarter more than the limit takes by itself", () => {
    const about = "of the 30 s that 2,000 requests take at the limit, at 10,000 people";
    expect(missed(size({ throttledScan: run({ seconds: 37.5 }) }))).toEqual([]);
    expect(missed(size({ throttledScan: run({ seconds: 37.6 }) }))).toEqual([about]);
  });

  test("are missed by a rescan that asks too much, in either way of counting", () => {
    expect(missed(size({ rescan: run({ http: 8, counted: 101 }) }))).toEqual([
      "fewer HTTP requests for a rescan, at 10,000 people",
      "fewer counted requests for a rescan, at 10,000 people",
    ]);
  });

  test.each([
    [
      "refused",
      { refused: [{ share: 0.02, module: run({ seconds: 20 }), scans: [run({ peopleLost: 1 })] }] },
    ],
    ["throttled", { throttledScan: run({ modelsLost: 1 }) }],
    ["again", { rescan: run({ http: 5, counted: 25, peopleLost: 1 }) }],
    ["and finds somebody who has nothing", { scans: [run({ peopleLost: -1 })] }],
  ])("are missed by whoever loses a model or a person, %s", (_when, figures) => {
    expect(missed(size(figures))).toEqual(["models and people lost by any of our scans, at 10,000 people"]);
  });

  test("let the largest tenant take 50 MB more than the smallest, by the median", () => {
    const large = (peakRssMb: number) => size({ people: 100_000, scans: [run({ peakRssMb })] });
    expect(memoryTarget([size({}), large(190)]).map(isMet)).toEqual([true]);
    expect(memoryTarget([size({}), large(190.5)]).map(isMet)).toEqual([false]);
    expect(memoryTarget([size({})])).toEqual([]);
  });
});

test("the table has a row for each run, and the throttled baseline only where it was measured", () => {
  const first = (figures: SizeFigures) =>
    scanTable(figures)
      .split("\n")
      .slice(2)
      .map((line) => line.split("|")[1]?.trim());
  const rows = [
    "baseline",
    "scan 1",
    "scan 2",
    "scan 3",
    "rescan, 20 changed",
    "scan, heap not limited",
    "scan, no latency",
    "scan, 500 in 10 s",
  ];
  expect(first(size({}))).toEqual(rows);
  expect(first(size({ throttledModule: run({}) }))).toEqual([...rows, "baseline, 500 in 10 s"]);
});
