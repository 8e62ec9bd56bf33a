import { figure, table } from "../table.js";
import type { Target } from "../target.js";
import type { SizeFigures } from "./measure-size.js";
import { medianBy, type ScanFigures } from "./scan-bench.js";

const HEAD = [
  "run",
  "seconds",
  "least",
  "wire",
  "HTTP",
  "counted",
  "429",
  "models lost",
  "people lost",
  "peak RSS MB",
  "peak heap MB",
  "own CPU",
  "Graph's CPU",
];

/** Every run at one size, one a row. */
export function scanTable(figures: SizeFigures): string {
  const { people, limit, module, scans, changed, rescan, roomy, flatOut, throttledScan, throttledModule } =
    figures;
  const once = (share: number) => `${figure(100 * share)} % refused once`;
  const throttle = `${figure(limit.requests)} in ${limit.perSeconds} s`;
  const rows = [
    row("baseline", module),
    ...scans.map((scan, at) => row(`scan ${at + 1}`, scan)),
    row(`rescan, ${figure(changed)} changed`, rescan),
    row("scan, heap not limited", roomy),
    row("scan, no latency", flatOut),
    ...figures.refused.flatMap((refused) => [
      row(`baseline that asks again, ${once(refused.share)}`, refused.module),
      ...refused.scans.map((scan) => row(`scan, ${once(refused.share)}`, scan)),
    ]),
    row(`scan, ${throttle}`, throttledScan),
    ...(throttledModule === undefined ? [] : [row(`baseline, ${throttle}`, throttledModule)]),
  ];
  return table([`${figure(people)} people`, ...HEAD.slice(1)], rows);
}

function row(name: string, run: ScanFigures): readonly string[] {
  const share = (cpuSeconds: number) => `${figure((100 * cpuSeconds) / run.seconds)} %`;
  return [
    name,
    figure(run.seconds, 1),
    figure(run.leastSeconds, 1),
    figure(run.wireSeconds, 1),
    figure(run.http),
    figure(run.counted),
    figure(run.throttled),
    figure(run.modelsLost),
    figure(run.peopleLost),
    figure(run.peakRssMb),
    figure(run.peakHeapMb),
    share(run.cpuSeconds),
    share(run.directoryCpuSeconds),
  ];
}

/** What the wire takes is not all: the sign-in, the slowest batch of the last page and what follows it, processor, store. */
const LEAST_TIMES_AT_MOST = 1.6;

/** What was hoped for, before it was worked out what the wire allows. */
const HOPED_FOR: Readonly<Record<number, string>> = { 10000: "12x", 100000: "14x" };

/** How much faster than the baseline any scan could be that reads the whole report, page after page. */
export function wireBound({ people, module, scans }: SizeFigures): string {
  const least = medianBy(scans, (scan) => scan.leastSeconds);
  const pages = medianBy(scans, (scan) => scan.pages);
  const wire = medianBy(scans, (scan) => scan.wireSeconds);
  const own = medianBy(scans, (scan) => scan.seconds - scan.wireSeconds);
  const times = (seconds: number) => `${figure(module.seconds / seconds, 1)}x`;
  return [
    `----  ${figure(pages)} pages one after the other and one batch take ${figure(least, 2)} s on the wire: more than ${times(least)} the baseline cannot be had, at ${figure(people)} people`,
    `----  with the batches after the last page, all sent at once, it takes ${figure(wire, 2)} s: ${times(wire)} for a scan that takes no time itself; ours took ${figure(own, 2)} s more, at ${figure(people)} people (hoped for: ${HOPED_FOR[people] ?? "nothing"})`,
  ].join("\n");
}

/** Up to here the few requests that any rescan makes are a large part of a full scan's. */
const SMALL_TENANT = 10_000;

/** What one size has to show. */
export function targetsOf(figures: SizeFigures): readonly Target[] {
  const { module, scans, rescan, roomy, flatOut, throttledScan, limit } = figures;
  const at = `at ${figure(figures.people)} people`;
  const seconds = medianBy(scans, (scan) => scan.seconds);
  const http = medianBy(scans, (scan) => scan.http);
  const counted = medianBy(scans, (scan) => scan.counted);
  const least = leastSeconds(counted, limit);
  const refusedScans = figures.refused.flatMap((refused) => refused.scans);
  const lost = [...scans, ...refusedScans, rescan, roomy, flatOut, throttledScan].map(
    (scan) => scan.modelsLost + Math.abs(scan.peopleLost),
  );
  return [
    {
      about: `faster than the baseline, ${at}`,
      is: module.seconds / seconds,
      bound: { atLeast: 8 },
      unit: "x",
    },
    {
      about: `of the least time that the report's pages and a batch take on the wire, ${at}`,
      is: medianBy(scans, (scan) => scan.seconds / scan.leastSeconds),
      bound: { atMost: LEAST_TIMES_AT_MOST },
      unit: "x",
    },
    ...figures.refused.map((refused) => ({
      about: `faster than a baseline that asks again, ${figure(100 * refused.share)} % refused once, ${at}`,
      is: refused.module.seconds / medianBy(refused.scans, (scan) => scan.seconds),
      bound: { atLeast: refused.share <= 0.02 ? 5 : 2 },
      unit: "x",
    })),
    {
      about: `of the ${figure(least)} s that ${figure(counted)} requests take at the limit, ${at}`,
      is: throttledScan.seconds / least,
      bound: { atMost: 1.25 },
      unit: "x",
    },
    {
      about: `fewer HTTP requests for a rescan, ${at}`,
      is: http / rescan.http,
      bound: { atLeast: figures.people > SMALL_TENANT ? 20 : 15 },
      unit: "x",
    },
    {
      about: `fewer counted requests for a rescan, ${at}`,
      is: counted / rescan.counted,
      bound: { atLeast: 20 },
      unit: "x",
    },
    {
      about: `models and people lost by any of our scans, ${at}`,
      is: Math.max(...lost),
      bound: { atMost: 0 },
    },
  ];
}

/** The window slides: as many as it lets through can go at once, the next ones when it has passed, and so on. */
function leastSeconds(requests: number, limit: SizeFigures["limit"]): number {
  return Math.floor((requests - 1) / limit.requests) * limit.perSeconds;
}

/** What the largest tenant may need more than the smallest. None with one size only. */
export function memoryTarget(all: readonly SizeFigures[]): readonly Target[] {
  const [smallest, largest] = [all[0], all.at(-1)];
  if (smallest === undefined || largest === undefined || smallest === largest) return [];
  const peak = ({ scans }: SizeFigures) => medianBy(scans, (scan) => scan.peakRssMb);
  return [
    {
      about: `more memory at ${figure(largest.people)} people than at ${figure(smallest.people)}`,
      is: peak(largest) - peak(smallest),
      bound: { atMost: 50 },
      unit: " MB",
    },
  ];
}
