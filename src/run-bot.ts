import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Registry } from "prom-client";
import { within } from "./async/within.js";
import { catalogue } from "./catalogue/catalogue.js";
import { commandIndex } from "./catalogue/command-index.js";
import { metadataSource } from "./catalogue/metadata-source.js";
import type { Secret } from "./config/secret.js";
import type { Config } from "./config.js";
import { entraOptions } from "./connect/entra-options.js";
import { graphPorts } from "./connect/graph-ports.js";
import { rulesOf } from "./connect/rules-of.js";
import { credentialLook } from "./connect/set-up-of.js";
import { postgresOf } from "./connect/store-place.js";
import { wayOut } from "./connect/way-out.js";
import { RecordKeys } from "./core/audit/record-keys.js";
import { afterScan } from "./core/duties/after-scan.js";
import { evidenceFile } from "./core/evidence/evidence-file.js";
import type { Clock, Log, Ports, Rules } from "./core/ports.js";
import { OwnAttention } from "./core/replica/attention.js";
import { OwnReplica } from "./core/replica/replicas.js";
import { RulesInForce } from "./core/replica/rules-in-force.js";
import { peopleListFile } from "./core/report/adoption/people-list.js";
import { scanner } from "./core/scan/scanner.js";
import { type EntraApp, entraApp } from "./graph/entra-app.js";
import { createLog } from "./log.js";
import { prometheusMetrics } from "./metrics.js";
import { oneRequest } from "./outbound/one-request.js";
import type { Outbound } from "./outbound/outbound.js";
import { beginBackgroundWork } from "./run-bot/background-work.js";
import { checkupOf } from "./run-bot/checkup-of.js";
import { countedDuties, countedPasskeys } from "./run-bot/counted-ports.js";
import { logNodeWarnings } from "./run-bot/node-warnings.js";
import { startServer } from "./server.js";
import type { OnRecord } from "./storage/audit/recorder.js";
import type { StorePlace } from "./storage/engine/open-engine.js";
import { openStore } from "./storage/open-store.js";
import { teamsBot } from "./teams/bot.js";
import type { Traces } from "./traces.js";
import { VERSION } from "./version.js";

/** How long leaving the other processes may take at the end, and closing the store after that. */
const LEAVE_WITHIN_MS = 300;
/** How long a stop waits for the store to say whether others live; where it does not, no process is ready. */
const OTHERS_WITHIN_MS = 2_000;
/** How long a stop waits for what is being applied: eight seconds in all, and a moment to exit. */
const STOP_WITHIN_MS = 8_000 - 2 * LEAVE_WITHIN_MS - 100;

const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  elapsed: () => performance.now(),
  newId: () => randomUUID(),
};

/** Puts the layers together and serves until a signal says stop. @throws Fault, Error when it cannot start */
export async function runBot(config: Config): Promise<void> {
  const traces = await beginTraces(config);
  const log = createLog({ level: config.logLevel });
  logNodeWarnings(log);
  const { agentFor } = tellWayOut(config, log);
  const app = entraApp({ ...entraOptions(config), agentFor });
  const store = await openStore(
    storePlace(config, app, log),
    new RecordKeys(config.recordKeys),
    tellRecord(log),
  );
  const attention = new OwnAttention(log);
  const inForce = new RulesInForce(rulesOf(config), attention);
  const { rules } = inForce;
  await store.checkRecord(rules.tenantId);
  const bot = teamsBot({
    ...config,
    tenantId: rules.tenantId,
    botToken: () => app.token(config.botScope),
    request: oneRequest,
    conversations: store.conversations,
    postings: store.postings,
    log,
  });
  const registry = new Registry();
  const metrics = prometheusMetrics(registry, VERSION);
  const isAlone = config.database === undefined;
  const replicas = new OwnReplica(
    { store: store.replicas, clock, log, isAlone, rules: inForce },
    rules.tenantId,
  );
  const duties = countedDuties(replicas, metrics);
  const graph = graphPorts({ config, app, clock, onAnswer: metrics.graphAnswered });
  const metadata = metadataSource({
    url: config.fidoMetadataUrl,
    cache: store.metadata,
    clock,
    log,
    mayFetch: () => duties.claim("metadata"),
  });
  const outside = {
    clock,
    log,
    metrics,
    ...store,
    ...graph,
    passkeys: countedPasskeys(graph.passkeys, metrics),
    catalogue: catalogue(metadata),
    phrasebook: commandIndex(),
    checkup: checkupOf(config, agentFor, { clock, onAnswer: metrics.graphAnswered, rules, store, metadata }),
    announcer: bot.announcer,
    replicas: duties,
    attention,
    alteredPlans: new Map(),
    inHand: new Set<string>(),
  };
  const ownScanner = scanner(outside, rules, (end) => afterScan(ports, rules, end));
  const ports: Ports = { ...outside, scanner: ownScanner };
  const served = bot.serve(ports, rules);

  // Before anything is applied here: a process that shows no life is taken for gone.
  await replicas.start();
  const server = await startServer({
    ...config,
    log,
    ...served,
    version: VERSION,
    isReady: store.isReady,
    attention: () => attention.sentences,
    openEvidence: (secret) => evidenceFile(ports, secret),
    openPeopleList: (secret) => peopleListFile(ports, rules, secret),
    metrics: registry,
  });
  const tasks = beginBackgroundWork(ports, rules, {
    scanner: ownScanner,
    metadata,
    driftCheckMinutes: config.driftCheckMinutes,
    retentionDays: config.retentionDays,
    scanEveryHours: config.scanEveryHours,
    digestTime: config.digestTime,
    credential: credentialLook(config),
    signIn: () => app.token(`${config.graphAudience}/.default`),
    goneCount: () => replicas.goneCount,
  });
  warnOfUnused(config, log);
  tellRules(rules, log);
  log.info("listening", {
    version: VERSION,
    node: process.version,
    port: server.port,
    tenant: rules.tenantId,
    cloud: config.cloud,
  });

  onStop(async () => {
    log.info("stopping");
    const { drainSeconds: seconds } = config;
    if (!isAlone && seconds > 0 && (await othersLive(replicas))) {
      log.info("draining", { seconds });
      // With everything it does: a proxy that reads `/readyz` needs a moment to turn to the others.
      server.drain();
      await clock.sleep(seconds * 1_000);
    }
    const done = tasks.stop();
    metadata.stop();
    // What is being applied may finish; what does not is settled by reading at the next start.
    const stopBy = clock.elapsed() + STOP_WITHIN_MS;
    await server.close(STOP_WITHIN_MS);
    // Only now nothing new can begin: a click that was answered "working" may still be under way.
    await within(Promise.all([done, ports.scanner.stop(), bot.idle()]), stopBy - clock.elapsed());
    // Only now another process may take over what is left.
    await within(replicas.stop(), LEAVE_WITHIN_MS);
    // A database that does not answer does not keep the process from ending.
    await within(Promise.all([store.close(), traces?.stop()]), LEAVE_WITHIN_MS);
    log.info("stopped");
  });
}

/** Whether there are processes that a proxy may turn to; false where the store does not say so. */
async function othersLive(replicas: OwnReplica): Promise<boolean> {
  const others = await within(replicas.othersAlive(), OTHERS_WITHIN_MS).catch(() => undefined);
  return others !== undefined && others > 0;
}

/** Everything this process asks for over HTTP goes the way this gives. */
function tellWayOut(config: Config, log: Log): Outbound {
  const { proxy } = config;
  if (proxy !== undefined) {
    const hostOf = (address: Secret | undefined) =>
      address === undefined ? "reached directly" : new URL(address.reveal()).host;
    log.info("proxy-in-use", {
      https: hostOf(proxy.https),
      http: hostOf(proxy.http),
      except: proxy.except,
    });
  }
  return wayOut(config);
}

/** Who asked, approved, rejected or accepted, by object id, and where it stands in the record. */
function tellRecord(log: Log): OnRecord {
  return ({ event, sequence, by, planNumber, driftNumber, revision }) =>
    log.info("recorded", {
      what: event,
      sequence,
      by: by?.id,
      plan: planNumber,
      drift: driftNumber,
      revision,
    });
}

/** Loaded only where it is configured: it takes memory and time to start. */
async function beginTraces({ otlpEndpoint: endpoint, otlpOverGrpc }: Config): Promise<Traces | undefined> {
  if (endpoint === undefined || otlpOverGrpc) return undefined;
  const { startTraces } = await import("./traces.js");
  return startTraces({ endpoint, version: VERSION });
}

/** So that what held at a time can be told later, from a log that is kept elsewhere. */
function tellRules({ tenantId: tenant, access, approvers, ...rules }: Rules, log: Log): void {
  log.info("rules-in-force", {
    tenant,
    access: access ?? "by role",
    approvers: approvers ?? "by role",
    ...rules,
  });
  if (rules.allowSelfApproval)
    log.warn("self-approval-allowed", {
      why: "Who asks for a change may approve it alone or as one of its approvers. Leave out ALLOW_SELF_APPROVAL to need a second person.",
    });
}

/** Settings that are read and of which nothing comes: the operator has to know that, and what has an effect. */
function warnOfUnused(config: Config, log: Log): void {
  const { applicationInsights, otlpEndpoint, otlpOverGrpc } = config;
  const warn = (name: string, why: string) => log.warn("setting-without-effect", { name, why });
  for (const { given, meant } of config.doubtfulNames)
    warn(given, `Nothing of Latchkey reads it. If it is not another program's: ${meant} is the name.`);
  if (applicationInsights !== undefined)
    warn(
      "APPLICATIONINSIGHTS_CONNECTION_STRING",
      "Traces go to a collector, and it to Application Insights: set OTEL_EXPORTER_OTLP_ENDPOINT to one with the azuremonitor exporter, as infra/azuredeploy.json makes it.",
    );
  if (otlpEndpoint !== undefined && otlpOverGrpc)
    warn(
      "OTEL_EXPORTER_OTLP_ENDPOINT",
      "OTEL_EXPORTER_OTLP_PROTOCOL is grpc, and traces are sent over HTTP only: set it to http/json, and the endpoint to a collector's HTTP port (4318).",
    );
}

function storePlace(config: Config, app: EntraApp, log: Log): StorePlace {
  const { dataDir, database } = config;
  const postgres = postgresOf(config, app, log);
  if (database === undefined || postgres === undefined) return { dataDir };
  if (database.tls.kind === "none" && database.tls.because === "asked-for")
    log.warn("database-without-tls", { host: database.host });
  return { postgres };
}

/** Stops once, whichever signal comes first, and leaves with 0 when everything was put away. */
function onStop(stop: () => Promise<void>): void {
  let stopping = false;
  const once = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await stop();
    process.exit(0);
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
}
