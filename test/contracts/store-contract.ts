import type { Store } from "../../src/storage/open-store.js";
import { describeAdoption } from "./adoption-contract.js";
import { describeAlteredPlans } from "./altered-plans-contract.js";
import { describeAlteredWatch } from "./altered-watch-contract.js";
import { describeAuditLog } from "./audit-log-contract.js";
import { describeWaiting } from "./deferred-contract.js";
import { describeDigests } from "./digests-contract.js";
import { describeEvidenceLinks } from "./evidence-links-contract.js";
import { describeModelNotices } from "./model-notices-contract.js";
import { describeOpenPlans } from "./open-plans-contract.js";
import { describeOwnScans } from "./own-scans-contract.js";
import { describePlanStore } from "./plan-store-contract.js";
import { describePostings } from "./postings-contract.js";
import { describePutBack } from "./put-back-contract.js";
import { describeReplicaStore } from "./replica-store-contract.js";
import { describeScanStore } from "./scan-store-contract.js";
import { describeSignIns } from "./sign-ins-contract.js";
import { describeSmallStores } from "./small-stores-contract.js";
import { describeStages } from "./stages-contract.js";
import { describeStoredScans } from "./stored-scans-contract.js";
import { describeTakenMessages } from "./taken-messages-contract.js";
import { describeWatchStore } from "./watch-contract.js";

/** One database for one test. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<Store>;
  /** Runs a statement behind the store's back, as somebody with the database in hand can. */
  meddle(sql: string): Promise<void>;
  /** Makes the database fail at a moment such as "before update of body on scans", until it is mended. */
  failAt(moment: string): Promise<void>;
  mend(): Promise<void>;
  /** Closes the store and removes the data. */
  close(): Promise<void>;
}

/** What every store keeps to, whatever database it runs on. */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describePlanStore(name, open);
  describeOpenPlans(name, open);
  describeAlteredPlans(name, open);
  describeAlteredWatch(name, open);
  describeAuditLog(name, open);
  describePutBack(name, open);
  describeEvidenceLinks(name, open);
  describeAdoption(name, open);
  describeSignIns(name, open);
  describeModelNotices(name, open);
  describeDigests(name, open);
  describeStages(name, open);
  describeOwnScans(name, open);
  describeWatchStore(name, open);
  describeSmallStores(name, open);
  describePostings(name, open);
  describeScanStore(name, async () => {
    const { store, close } = await open();
    return { scans: store.scans, close };
  });
  describeStoredScans(name, open);
  describeTakenMessages(name, open);
  describeReplicaStore(name, async () => {
    const { store, close } = await open();
    return { replicas: store.replicas, close };
  });
  describeWaiting(name, async () => {
    const { store, close } = await open();
    return { ...store, close };
  });
}
