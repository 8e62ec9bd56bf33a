import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Registry } from "prom-client";
import { within } from "./async/within.js";
import { catalogue } from "./catalogue/catalogue.js";
import { commandIndex } from "./catalogue/command-index.js";
import { metadataSource } from "./catalogue/metadata-source.js";
import type { Config } from "./config.js";
import { RecordKeys } from "./core/audit/record-keys.js";
import { evidenceFile } from "./core/evidence/evidence-file.js";
import { tenantId } from "./core/person.js";
import { answerDeferred } from "./core/plan/answer-deferred.js";
import { GraphWaits } from "./core/ports/graph-waits.js";
import type { Metrics } from "./core/ports/metrics.js";
import type { Clock, Log, Ports, Rules } from "./core/ports.js";
import { OwnAttention } from "./core/replica/attention.js";
import { OwnReplica } from "./core/replica/replicas.js";
import { RulesInForce } from "./core/replica/rules-in-force.js";
import { scanner } from "./core/scan/scanner.js";
import { appGraph } from "./graph/app-graph.js";
import { browserSignIn } from "./graph/browser-sign-in.js";
import { directory } from "./graph/directory.js";
import { type AppCredential, type EntraApp, type EntraAppOptions, entraApp } from "./graph/entra-app.js";
import { passkeySource } from "./graph/passkey-source.js";
import { actAs } from "./graph/policy-writer.js";
import { tenantReader } from "./graph/tenant-reader.js";
import { createLog } from "./log.js";
import { prometheusMetrics } from "./metrics.js";
import { goOutBy, type Outbound, outbound } from "./outbound/outbound.js";
import { beginBackgroundWork } from "./run-bot/background-work.js";
import { countedDuties, countedPasskeys } from "./run-bot/counted-ports.js";
import { startServer } from "./server.js";
import { openStore, type StorePlace } from "./storage/open-store.js";
import { teamsBot } from "./teams/bot.js";

/** How long leaving the other processes may take at the end, and closing the store after that. */
const LEAVE_WITHIN_MS = 300;
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
  const log = createLog({ level: config.logLevel });
  const { agentFor } = wayOut(config, log);
  const app = entraApp({ ...entraOptions(config), agentFor });
  const store = await openStore(storePlace(config, app, log), new RecordKeys(config.recordKeys));
  const attention = new OwnAttention(log);
  const inForce = new RulesInForce(rulesOf(config), attention);
  const { rules } = inForce;
  await store.checkRecord(rules.tenantId);
  const bot = teamsBot({
    ...config,
    tenantId: rules.tenantId,
    botToken: () => app.token(config.botScope),
    agentFor,
    conversations: store.conversations,
    postings: store.postings,
    log,
  });
  const registry = new Registry();
  const metrics = prometheusMetrics(registry);
  const isAlone = config.database === undefined;
  const replicas = new OwnReplica(
    { store: store.replicas, clock, log, isAlone, rules: inForce },
    rules.tenantId,
  );
  const duties = countedDuties(replicas, metrics);
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
    ...graphPorts(config, app, metrics),
    catalogue: catalogue(metadata),
    phrasebook: commandIndex(),
    announcer: bot.announcer,
    replicas: duties,
    attention,
    alteredPlans: new Map(),
    inHand: new Set<string>(),
  };
  const ownScanner = scanner(outside, rules, (end) => answerDeferred(ports, rules, end));
  const ports: Ports = { ...outside, scanner: ownScanner };
  const served = bot.serve(ports, rules);

  // Before anything is applied here: a process that shows no life is taken for gone.
  await replicas.start();
  const server = await startServer({
    ...config,
    log,
    ...served,
    isReady: store.isReady,
    attention: () => attention.sentences,
    openEvidence: (secret) => evidenceFile(ports, secret),
    metrics: registry,
  });
  const tasks = beginBackgroundWork(ports, rules, {
    scanner: ownScanner,
    metadata,
    driftCheckMinutes: config.driftCheckMinutes,
    goneCount: () => replicas.goneCount,
  });
  warnOfUnused(config, log);
  tellRules(rules, log);
  log.info("listening", { port: server.port, tenant: rules.tenantId, cloud: config.cloud });

  onStop(async () => {
    log.info("stopping");
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
    await within(store.close(), LEAVE_WITHIN_MS);
    log.info("stopped");
  });
}

/** Everything this process asks for over HTTP goes this way. */
function wayOut({ proxy }: Config, log: Log): Outbound {
  if (proxy === undefined) return goOutBy(outbound(undefined));
  const revealed = { https: proxy.https?.reveal(), http: proxy.http?.reveal(), except: proxy.except };
  const hostOf = (address: string | undefined) =>
    address === undefined ? "reached directly" : new URL(address).host;
  log.info("proxy-in-use", {
    https: hostOf(revealed.https),
    http: hostOf(revealed.http),
    except: proxy.except,
  });
  return goOutBy(outbound(revealed));
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

/** Settings that are taken for later versions: the operator has to know that nothing comes of one yet. */
function warnOfUnused(config: Config, log: Log): void {
  const unused = {
    OTEL_EXPORTER_OTLP_ENDPOINT: config.otlpEndpoint,
    APPLICATIONINSIGHTS_CONNECTION_STRING: config.applicationInsights,
  };
  for (const [name, value] of Object.entries(unused)) {
    if (value !== undefined) log.warn("setting-without-effect", { name, why: "not part of this version" });
  }
}

function storePlace({ dataDir, database, databaseScope }: Config, app: EntraApp, log: Log): StorePlace {
  if (database === undefined) return { dataDir };
  const { auth, tls, host } = database;
  if (tls.kind === "none" && tls.because === "asked-for") log.warn("database-without-tls", { host });
  const password =
    auth.kind === "password" ? async () => auth.password.reveal() : () => app.token(databaseScope);
  return { postgres: { ...database, password, log } };
}

function graphPorts(config: Config, app: ReturnType<typeof entraApp>, metrics: Metrics) {
  const { graphUrl, graphAudience } = config;
  const onAnswer = metrics.graphAnswered;
  const graphWaits = new GraphWaits();
  const graph = appGraph({ app, graphUrl, graphAudience, clock, onAnswer, onWait: graphWaits.tell });
  return {
    graphWaits,
    tenant: tenantReader(graph),
    directory: directory(graph),
    passkeys: countedPasskeys(passkeySource(graph), metrics),
    actAs: actAs({ app, graphUrl, graphAudience, onAnswer }),
    browserSignIn: browserSignIn({
      entra: entraOptions(config),
      publicUrl: config.publicUrl,
      graphUrl,
      graphAudience,
      onAnswer,
    }),
  };
}

function rulesOf(config: Config): Rules {
  return {
    tenantId: tenantId(config.tenantId),
    access: config.access,
    approvers: config.approvers,
    approvalsRequired: config.approvalsRequired,
    allowSelfApproval: config.allowSelfApproval,
    planTtlMinutes: config.planTtlMinutes,
    scanMaxAgeHours: config.scanMaxAgeHours,
    scanFullDays: config.scanFullDays,
    emergencyAccounts: config.emergencyAccounts,
    signInDemands: config.signInDemands,
  };
}

function entraOptions(config: Config): EntraAppOptions {
  const { tenantId: tenant, clientId, authorityHost } = config;
  return { tenantId: tenantId(tenant), clientId, authorityHost, credential: credentialOf(config) };
}

function credentialOf({ credential, tokenExchangeAudience: audience }: Config): AppCredential {
  switch (credential.kind) {
    case "secret":
      return { kind: "secret", secret: credential.secret.reveal() };
    case "managed-identity":
      return { ...credential, audience };
    case "certificate":
      return credential;
  }
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
