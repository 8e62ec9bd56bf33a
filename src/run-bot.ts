import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Registry } from "prom-client";
import { catalogue } from "./catalogue/catalogue.js";
import { metadataSource } from "./catalogue/metadata-source.js";
import type { Config } from "./config.js";
import { announceAgain } from "./core/apply/announce-again.js";
import { answerWaiting, resumeScans } from "./core/apply/answer-waiting.js";
import { settleOpenPlans } from "./core/apply/settle-open-plans.js";
import { scanner } from "./core/inventory/scanner.js";
import { personId, tenantId } from "./core/person.js";
import type { Clock, Log, Ports, Rules } from "./core/ports.js";
import { appGraph } from "./graph/app-graph.js";
import { directory } from "./graph/directory.js";
import { type EntraAppOptions, entraApp } from "./graph/entra-app.js";
import { passkeySource } from "./graph/passkey-source.js";
import { actAs } from "./graph/policy-writer.js";
import { tenantReader } from "./graph/tenant-reader.js";
import { createLog } from "./log.js";
import { startServer } from "./server.js";
import { openStore } from "./storage/open-store.js";
import { teamsBot } from "./teams/bot.js";

/** How often open plans are settled, in milliseconds: expiry shows within this time. */
const SETTLE_EVERY = 15_000;
/** How often it is looked at whether the FIDO metadata is to be fetched, in milliseconds. */
const METADATA_EVERY = 60_000;
/** How long a stop waits for what is being applied, in milliseconds: eight seconds, less what leaving takes. */
const STOP_WITHIN = 7_500;

const clock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds) => sleep(milliseconds),
  newId: () => randomUUID(),
};

/** Puts the layers together and serves until a signal says stop. @throws Fault, Error when it cannot start */
export async function runBot(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel });
  const store = await openStore({ dataDir: config.dataDir });
  const rules = rulesOf(config);
  const app = entraApp(entraOptions(config));
  const bot = teamsBot({
    ...config,
    tenantId: rules.tenantId,
    botToken: () => app.token(config.botScope),
    conversations: store.conversations,
    postings: store.postings,
    log,
  });
  const metadata = metadataSource({ url: config.fidoMetadataUrl, cache: store.metadata, clock, log });
  const outside = {
    clock,
    log,
    ...store,
    ...graphPorts(config, app),
    catalogue: catalogue(metadata),
    announcer: bot.announcer,
    inHand: new Set<string>(),
  };
  const ports: Ports = {
    ...outside,
    scanner: scanner(outside, rules, (end) => answerWaiting(ports, rules, end)),
  };
  const handleActivity = bot.handle(ports, rules);

  const metrics = new Registry();
  const server = await startServer({ ...config, log, handleActivity, isReady: store.isReady, metrics });
  void announceAgain(ports, rules).catch((error: unknown) => log.error("not-announced-again", { error }));
  const settling = every(SETTLE_EVERY, log, () => settleOpenPlans(ports, rules));
  const scanning = every(SETTLE_EVERY, log, () => resumeScans(ports, rules));
  const refreshing = every(METADATA_EVERY, log, () => metadata.refreshIfDue());
  warnOfUnused(config, log);
  log.info("listening", { port: server.port, tenant: rules.tenantId, cloud: config.cloud });

  onStop(async () => {
    log.info("stopping");
    clearInterval(settling);
    clearInterval(scanning);
    clearInterval(refreshing);
    metadata.stop();
    // What is being applied may finish; what does not is settled by reading at the next start.
    const timeIsUp = sleep(STOP_WITHIN);
    await server.close(STOP_WITHIN);
    // Only now nothing new can begin: a click that was answered "working" may still be under way.
    await Promise.race([Promise.all([ports.scanner.stop(), bot.idle()]), timeIsUp]);
    await store.close();
    log.info("stopped");
  });
}

/** Settings that are taken for later versions: whoever sets one has to know that nothing comes of it yet. */
function warnOfUnused(config: Config, log: Log): void {
  const unused = {
    OTEL_EXPORTER_OTLP_ENDPOINT: config.otlpEndpoint,
    APPLICATIONINSIGHTS_CONNECTION_STRING: config.applicationInsights,
  };
  for (const [name, value] of Object.entries(unused)) {
    if (value !== undefined) log.warn("setting-without-effect", { name, why: "not part of this version" });
  }
}

function graphPorts(config: Config, app: ReturnType<typeof entraApp>) {
  const { graphUrl, graphAudience } = config;
  const graph = appGraph({ app, graphUrl, graphAudience, clock });
  return {
    tenant: tenantReader(graph),
    directory: directory(graph),
    passkeys: passkeySource(graph),
    actAs: actAs({ app, graphUrl, graphAudience }),
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
    emergencyAccounts: config.emergencyAccounts.map(personId),
  };
}

function entraOptions({ tenantId: tenant, clientId, authorityHost, credential }: Config): EntraAppOptions {
  return {
    tenantId: tenantId(tenant),
    clientId,
    authorityHost,
    credential:
      credential.kind === "secret" ? { kind: "secret", secret: credential.secret.reveal() } : credential,
  };
}

/** Runs a task now and again and again, never two at once; a failure is logged and the next run comes all the same. */
function every(milliseconds: number, log: Log, task: () => Promise<void>): NodeJS.Timeout {
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      await task();
    } catch (error) {
      log.error("background-task-failed", { error });
    } finally {
      running = false;
    }
  };
  void run();
  return setInterval(run, milliseconds);
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
