import type { ScanStore } from "../../src/core/stores.js";
import { describeFinishedScans } from "./finished-scans-contract.js";
import { describeRunningScan } from "./running-scan-contract.js";
import { describeScanBase } from "./scan-base-contract.js";

/** An empty store of scans for one test. */
export interface OpenedScans {
  readonly scans: ScanStore;
  close(): Promise<void>;
}

/** What every store of scans keeps to, the one in memory that stands in for it in the core's tests too. */
export function describeScanStore(name: string, open: () => Promise<OpenedScans>): void {
  describeRunningScan(name, open);
  describeScanBase(name, open);
  describeFinishedScans(name, open);
}
