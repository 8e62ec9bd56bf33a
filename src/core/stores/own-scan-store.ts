import type { TenantId } from "../person.js";
import type { OwnScanPause } from "../scan/own-scan.js";

/** Why Latchkey's own scan waits, so that no restart and no other process tries again too soon. */
export interface OwnScanStore {
  pause(tenant: TenantId): Promise<OwnScanPause | undefined>;
  /** In place of the pause there was. */
  wait(pause: OwnScanPause): Promise<void>;
  /** It waits no longer than usual. */
  goOn(tenant: TenantId): Promise<void>;
}
