import type { OwnScanPause } from "../../src/core/scan/own-scan.js";
import type { OwnScanStore } from "../../src/core/stores/own-scan-store.js";

/** Why the own scan of the one tenant waits, in memory. */
export class FakeOwnScans implements OwnScanStore {
  waits: OwnScanPause | undefined;

  async pause(): Promise<OwnScanPause | undefined> {
    return this.waits;
  }
  async wait(pause: OwnScanPause): Promise<void> {
    this.waits = pause;
  }
  async goOn(): Promise<void> {
    this.waits = undefined;
  }
}
