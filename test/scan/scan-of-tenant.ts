import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type GraphOptions,
  type SimulatedGraph,
  startGraph,
} from "../../simulators/graph/simulated-graph.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { conversationId, personId, tenantId } from "../../src/core/person.js";
import type { Announcer } from "../../src/core/ports/announcer.js";
import type { Clock, Log, Scanner } from "../../src/core/ports.js";
import { OwnReplica } from "../../src/core/replica/replicas.js";
import type { Inventory } from "../../src/core/scan/inventory.js";
import { type ScanEnd, scanner } from "../../src/core/scan/scanner.js";
import { appGraph } from "../../src/graph/app-graph.js";
import { directory } from "../../src/graph/directory.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { openStore, type Store } from "../../src/storage/open-store.js";
import { GRAPH_AUDIENCE, type SimulatedSignIn } from "../graph/simulated-sign-in.js";
import { testCertificates } from "../setup/test-certificates.js";

/** A tenant behind the simulated Graph, and what scans it as it is in production: the scanner, our Graph, the store. */
export interface ScanOfTenant {
  readonly tenant: SimulatedTenant;
  readonly graph: SimulatedGraph;
  readonly store: Store;
  /** What was logged as an error. */
  readonly errors: readonly object[];
  /** Scans to the end. Throws when that is not a result. */
  scan(options?: Parameters<Scanner["ask"]>[1]): Promise<Inventory>;
  close(): Promise<void>;
}

export interface ScanOfTenantOptions extends Pick<GraphOptions, "readings" | "throttle"> {
  readonly signIn: SimulatedSignIn;
  readonly tenant: SimulatedTenant;
  readonly clock: Clock;
}

const SILENT: Announcer = {
  planChanged: async () => {},
  firstPlaces: async () => [],
  driftChanged: async () => {},
  modelsNoticed: async () => {},
  digestTold: async () => {},
  catchUp: async () => {},
  scanChanged: async () => {},
  planRunsOut: async () => {},
  changeThere: async () => {},
  changeRefused: async () => {},
  changeFailed: async () => {},
};
const ASKER = {
  person: { id: personId("ada"), name: "Ada" },
  conversation: conversationId("room"),
  shows: "at-once",
} as const;

export async function scanOfTenant(options: ScanOfTenantOptions): Promise<ScanOfTenant> {
  const { signIn, tenant, clock } = options;
  const graph = await startGraph({
    ...options,
    entra: signIn.entra,
    certificates: await testCertificates(),
  });
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-scan-"));
  const store = await openStore({ dataDir });
  const errors: object[] = [];
  const log: Log = {
    info: () => {},
    warn: () => {},
    error: (event, detail) => void errors.push({ event, ...detail }),
  };
  const read = appGraph({ app: signIn.app, graphUrl: graph.url, graphAudience: GRAPH_AUDIENCE, clock });
  let ended: (end: ScanEnd) => void = () => {};
  const replicas = new OwnReplica(
    { store: store.replicas, clock, log, isAlone: true },
    tenantId(tenant.tenantId),
  );
  const scans = scanner(
    {
      clock,
      log,
      announcer: SILENT,
      replicas,
      passkeys: passkeySource(read),
      directory: directory(read),
      scans: store.scans,
      audit: store.audit,
    },
    { tenantId: tenantId(tenant.tenantId), scanFullDays: 7, emergencyAccounts: [] },
    async (end) => ended(end),
  );
  return {
    tenant,
    graph,
    store,
    errors,
    async scan(how) {
      const end = new Promise<ScanEnd>((resolve) => {
        ended = resolve;
      });
      await scans.ask(ASKER, how);
      const news = await end;
      if (news.kind !== "finished") throw new Error(`the scan ${news.kind}: ${JSON.stringify(news)}`);
      return news.inventory;
    },
    async close() {
      await scans.stop();
      await Promise.all([store.close(), graph.close()]);
      await rm(dataDir, { recursive: true });
    },
  };
}
