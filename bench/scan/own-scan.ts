import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { conversationId, personId, tenantId } from "../../src/core/person.js";
import type { Announcer } from "../../src/core/ports/announcer.js";
import type { Clock, Log } from "../../src/core/ports.js";
import { OwnReplica } from "../../src/core/replica/replicas.js";
import type { Inventory } from "../../src/core/scan/inventory.js";
import type { ScanNews } from "../../src/core/scan/scan.js";
import { type ScanEnd, scanner } from "../../src/core/scan/scanner.js";
import { appGraph } from "../../src/graph/app-graph.js";
import { directory } from "../../src/graph/directory.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { openStore } from "../../src/storage/open-store.js";
import type { DirectoryAccess } from "../directory-access.js";
import { registeredApp } from "./registered-app.js";

const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  elapsed: () => performance.now(),
  newId: () => randomUUID(),
};

/** What was not expected goes where it is seen; the rest is not read. */
const log: Log = {
  info: () => undefined,
  warn: (event, detail) => console.error(event, detail ?? ""),
  error: (event, detail) => console.error(event, detail ?? ""),
};

/** There are no cards here. */
const announcer: Announcer = {
  planChanged: async () => undefined,
  firstPlaces: async () => [],
  driftChanged: async () => undefined,
  modelsNoticed: async () => undefined,
  digestTold: async () => undefined,
  catchUp: async () => undefined,
  scanChanged: async (_news: ScanNews) => undefined,
  changeThere: async () => undefined,
  changeRefused: async () => undefined,
  changeFailed: async () => undefined,
  planRunsOut: async () => undefined,
};

const asker = {
  person: { id: personId("8f1c8a55-64c7-4b55-9b7c-5a9a3f1d2e60"), name: "The bench" },
  conversation: conversationId("bench"),
  shows: "at-once",
} as const;

/** What a scan found, and how long that took: from being asked for until everything is known, and stored. */
export interface ScanDone {
  readonly inventory: Inventory;
  readonly seconds: number;
}

/**
 * Runs one scan: the scanner, the Graph adapter and the store that the
 * bot has, put together as in `src/run-bot.ts`, without Teams.
 * @param dataDir empty for a full scan; with a finished scan, what changed since is read
 * @throws Error when the scan does not finish
 */
export async function scanOnce(access: DirectoryAccess, dataDir: string): Promise<ScanDone> {
  const { app, audience } = registeredApp(access);
  const graph = appGraph({ app, graphUrl: access.graphUrl, graphAudience: audience, clock });
  const store = await openStore({ dataDir });
  try {
    const rules = { tenantId: tenantId(access.tenantId), scanFullDays: 7, emergencyAccounts: [] };
    const askedAt = performance.now();
    const replicas = new OwnReplica({ store: store.replicas, clock, log, isAlone: true }, rules.tenantId);
    let whenEnded: (end: ScanEnd) => void = () => undefined;
    const scans = scanner(
      {
        ...store,
        clock,
        log,
        announcer,
        passkeys: passkeySource(graph),
        directory: directory(graph),
        replicas,
      },
      rules,
      async (news) => whenEnded(news),
    );
    const end = await new Promise<ScanEnd>((resolve, reject) => {
      whenEnded = resolve;
      scans.ask(asker).catch(reject);
    });
    const seconds = (performance.now() - askedAt) / 1000;
    await scans.stop();
    if (end.kind === "finished") return { inventory: end.inventory, seconds };
    throw new Error(end.kind === "failed" ? `the scan failed: ${end.why}` : "the scan was cancelled");
  } finally {
    await store.close();
  }
}
