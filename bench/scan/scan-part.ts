import type { BenchRun, Part } from "../part.js";
import { inWords, isMet } from "../target.js";
import { measureSize, type SizeFigures, type TenantSize } from "./measure-size.js";
import { memoryTarget, scanTable, targetsOf, wireBound } from "./scan-report.js";

/** Throttled so that a scan takes half a minute to a minute and a half. A short scan is a matter of luck: so it runs more often. */
const SIZES: readonly TenantSize[] = [
  { people: 10_000, limit: { requests: 500, perSeconds: 10 }, runs: 9, refused: [0.02, 0.1] },
  { people: 100_000, limit: { requests: 2_500, perSeconds: 10 }, runs: 3, refused: [] },
];
const QUICK: readonly TenantSize[] = [
  { people: 10_000, limit: { requests: 650, perSeconds: 10 }, runs: 5, refused: [0.02, 0.1] },
];

/** Scans of a simulated tenant, beside the published PowerShell module in the same run. */
export const scanPart: Part = {
  name: "scan",
  async run(run: BenchRun) {
    const all: SizeFigures[] = [];
    for (const size of run.quick ? QUICK : SIZES) {
      const figures = await measureSize(run, size);
      run.report(scanTable(figures));
      all.push(figures);
    }
    const targets = [...all.flatMap(targetsOf), ...memoryTarget(all)];
    run.report([...all.map(wireBound), ...targets.map(inWords)].join("\n"));
    return targets.every(isMet);
  },
};
