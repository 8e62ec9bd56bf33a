import type { ThrottleLimit } from "../../simulators/graph/throttle.js";
import { type DirectoryProcess, startDirectoryProcess } from "../directory-process.js";
import type { Latency } from "../latency-draws.js";
import type { BenchRun } from "../part.js";
import { freshDataDir, measure, type ScanFigures } from "./scan-bench.js";

/** A tenant to be scanned, and how Graph is throttled in the throttled runs. */
export interface TenantSize {
  readonly people: number;
  readonly limit: ThrottleLimit;
  /** How often the scan that is not throttled is run: the median counts. */
  readonly runs: number;
  /** Shares of the people who are refused once in further runs. */
  readonly refused: readonly number[];
}

/** Scans and the baseline where some people are refused once. */
export interface RefusedFigures {
  readonly share: number;
  /** The baseline that asks again: the other one loses them. */
  readonly module: ScanFigures;
  readonly scans: readonly ScanFigures[];
}

/** Everything measured at one size. */
export interface SizeFigures extends Omit<TenantSize, "refused"> {
  readonly module: ScanFigures;
  readonly scans: readonly ScanFigures[];
  /** With as much heap as Node likes. */
  readonly roomy: ScanFigures;
  /** Without latency: what this machine can do, scan and simulator together. */
  readonly flatOut: ScanFigures;
  /** After so many people changed. */
  readonly changed: number;
  readonly rescan: ScanFigures;
  readonly throttledScan: ScanFigures;
  /** undefined: the module never gets as fast as this limit. */
  readonly throttledModule: ScanFigures | undefined;
  readonly refused: readonly RefusedFigures[];
}

/** Half of the answers take longer than the median, one in twenty more than 2.3 times as long. */
const LATENCY: Latency = { medianMs: 120, spread: 0.5 };
/** What the refused are told; an odd number of runs, of which the median counts. */
const REFUSED = { retryAfterSeconds: 1, runs: 3 } as const;
/** The part of the people with passkeys who change before the rescan. */
const CHANGED = 0.01;

/** Measures everything at one size, each run in a fresh process, against one simulated directory. */
export async function measureSize(run: BenchRun, size: TenantSize): Promise<SizeFigures> {
  // So the module finds every person it could find: what it loses, it loses by leaving out answers.
  const directory = await startDirectoryProcess(run, {
    people: size.people,
    latency: LATENCY,
    alsoReportedAs: "passKeyDeviceBound",
  });
  try {
    return await measureAll(run, directory, size);
  } finally {
    await directory.stop();
  }
}

async function measureAll(
  run: BenchRun,
  directory: DirectoryProcess,
  size: TenantSize,
): Promise<SizeFigures> {
  const scan = (dataDir = freshDataDir(run)) => measure(run, directory, { what: "scan", dataDir });
  const module = () => measure(run, directory, { what: "module", dataDir: "" });
  const says = (text: string) => run.print(`${size.people} people: ${text}`);

  says("baseline");
  const moduleFigures = await module();

  const scans: ScanFigures[] = [];
  let dataDir = "";
  for (let nth = 1; nth <= size.runs; nth += 1) {
    says(`scan ${nth} of ${size.runs}`);
    dataDir = freshDataDir(run);
    scans.push(await scan(dataDir));
  }

  const { keyholders } = await directory.ask<{ readonly keyholders: number }>({ do: "truth" });
  const people = Math.round(keyholders * CHANGED);
  says(`${people} people change, rescan`);
  const { changed } = await directory.ask<{ readonly changed: number }>({ do: "change", people });
  const rescan = await scan(dataDir);

  says("scan with as much heap as Node likes");
  const roomy = await measure(run, directory, { what: "scan", dataDir: freshDataDir(run) }, "as Node likes");

  says("scan without latency");
  await directory.ask({ do: "latency", medianMs: 0, spread: 0 });
  const flatOut = await scan();
  await directory.ask({ do: "latency", ...LATENCY });

  const refused: RefusedFigures[] = [];
  for (const share of size.refused) {
    const refusing = async (run: () => Promise<ScanFigures>) => {
      await directory.ask({ do: "refuse", share, retryAfterSeconds: REFUSED.retryAfterSeconds });
      return run();
    };
    says(`${share * 100} % of people refused once: baseline that asks again`);
    const patient = await refusing(() =>
      measure(run, directory, { what: "module that asks again", dataDir: "" }),
    );
    const some: ScanFigures[] = [];
    for (let nth = 1; nth <= REFUSED.runs; nth += 1) {
      says(`the same: scan ${nth} of ${REFUSED.runs}`);
      some.push(await refusing(() => scan()));
    }
    refused.push({ share, module: patient, scans: some });
  }
  await directory.ask({ do: "refuse", share: 0, retryAfterSeconds: 0 });

  says(`scan, throttled to ${size.limit.requests} requests in ${size.limit.perSeconds} s`);
  await directory.ask({ do: "throttle", ...size.limit });
  const throttledScan = await scan();

  let throttledModule: ScanFigures | undefined;
  if (moduleFigures.counted / moduleFigures.seconds > size.limit.requests / size.limit.perSeconds) {
    says("baseline, throttled to the same");
    await directory.ask({ do: "throttle", ...size.limit });
    throttledModule = await module();
  }
  return {
    ...size,
    module: moduleFigures,
    scans,
    roomy,
    flatOut,
    changed,
    rescan,
    throttledScan,
    throttledModule,
    refused,
  };
}
