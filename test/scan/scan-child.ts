// Runs as a process of its own: scans the simulated tenant into the store, as the bot does, or goes on with the scan
// it finds there, and says so when it has finished. It can be killed at any moment and started again.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { conversationId, personId, tenantId } from "../../src/core/person.js";
import type { Announcer } from "../../src/core/ports/announcer.js";
import type { Clock, Log } from "../../src/core/ports.js";
import { OwnReplica } from "../../src/core/replica/replicas.js";
import { scanner } from "../../src/core/scan/scanner.js";
import { appGraph } from "../../src/graph/app-graph.js";
import { directory } from "../../src/graph/directory.js";
import { entraApp } from "../../src/graph/entra-app.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { openStore } from "../../src/storage/open-store.js";

/** The argument, as JSON. */
export interface ScanChildOptions {
  readonly dataDir: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly entraUrl: string;
  readonly graphUrl: string;
}

const options = JSON.parse(process.argv[2] ?? "{}") as ScanChildOptions;
const say = (line: string) => process.stdout.write(`${line}\n`);

// Nothing is left behind when the parent dies.
process.stdin.on("end", () => process.exit(0)).resume();

const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  elapsed: () => performance.now(),
  newId: () => randomUUID(),
};
const complain = (event: string, detail?: object) => console.error(event, detail);
const log: Log = { info: () => {}, warn: complain, error: complain };
const announcer: Announcer = {
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

const store = await openStore({ dataDir: options.dataDir });
const tenant = tenantId(options.tenantId);

async function leave(): Promise<void> {
  await store.close();
  say("finished");
  process.exit(0);
}

const credential = { kind: "secret", secret: options.clientSecret } as const;
const app = entraApp({
  tenantId: tenant,
  clientId: options.clientId,
  authorityHost: options.entraUrl,
  credential,
});
const graphAudience = "https://graph.microsoft.com";
const graph = appGraph({ app, graphUrl: options.graphUrl, graphAudience, clock });
const replicas = new OwnReplica({ store: store.replicas, clock, log, isAlone: true }, tenant);
const ports = {
  clock,
  log,
  announcer,
  replicas,
  scans: store.scans,
  audit: store.audit,
  passkeys: passkeySource(graph),
  directory: directory(graph),
};
const rules = { tenantId: tenant, scanFullDays: 7, emergencyAccounts: [] };
const scans = scanner(ports, rules, leave);

if ((await store.scans.latest(tenant)) !== undefined) await leave();
if ((await scans.resume()) === "idle") {
  const person = { id: personId("ada"), name: "Ada" };
  await scans.ask({ person, conversation: conversationId("room"), shows: "at-once" });
}
