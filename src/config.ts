import { CLOUDS, type Cloud, type CloudAddresses } from "./config/clouds.js";
import { type Credential, readCredential } from "./config/credential.js";
import { type DatabaseConfig, readDatabase } from "./config/database.js";
import { readDigestTime } from "./config/digest-time.js";
import { EnvReader, isHttps, isHttpsBase, isHttpsOrLoopback } from "./config/env-reader.js";
import { type MetricsAddress, readMetricsAddress } from "./config/metrics-address.js";
import { type NearName, whyStopped } from "./config/near-names.js";
import { type ProxyConfig, readProxy } from "./config/proxy.js";
import { type RecordKeyConfig, readRecordKeys } from "./config/record-keys.js";
import { Secret } from "./config/secret.js";

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** What a real bot and the sandbox both have. */
interface CommonConfig {
  readonly host: string;
  readonly port: number;
  /** undefined: beside everything else. */
  readonly metricsAt: MetricsAddress | undefined;
  /** How long a stop is announced on `/readyz` before it begins, where other processes go on. */
  readonly drainSeconds: number;
  readonly dataDir: string;
  /** Where backups are put; undefined: not said. */
  readonly backupDir: string | undefined;
  /** Used instead of `dataDir`; undefined: SQLite there. */
  readonly database: DatabaseConfig | undefined;
  /** With which records prove themselves; none: their hashes alone. */
  readonly recordKeys: readonly RecordKeyConfig[];
  readonly logLevel: LogLevel;
  readonly approvalsRequired: number;
  readonly allowSelfApproval: boolean;
  readonly planTtlMinutes: number;
  readonly scanMaxAgeHours: number;
  readonly scanFullDays: number;
  readonly retentionDays: number;
  /** 0: off. */
  readonly driftCheckMinutes: number;
  /** How long after the last scan Latchkey makes one of its own; 0: never. */
  readonly scanEveryHours: number;
  /** When the week is told in the approval rooms, in UTC. undefined: never. */
  readonly digestTime: ReturnType<typeof readDigestTime>;
  readonly otlpEndpoint: string | undefined;
  /** Whether the environment says gRPC, as Azure Container Apps' own agent does; traces are sent over HTTP only. */
  readonly otlpOverGrpc: boolean;
  readonly applicationInsights: Secret | undefined;
  /** Variables that nothing reads and that may have been meant for one of these. */
  readonly doubtfulNames: readonly NearName[];
}

/** A real bot. Ids are GUIDs in lower case, addresses have no slash at their end. */
export interface Config extends CommonConfig, CloudAddresses {
  readonly mode: "bot";
  readonly clientId: string;
  readonly tenantId: string;
  readonly credential: Credential;
  readonly appIdUri: string;
  readonly publicUrl: string;
  readonly cloud: Cloud;
  /** undefined: by directory role. An empty list names no person. */
  readonly access: readonly string[] | undefined;
  /** undefined: by directory role. An empty list names no person. */
  readonly approvers: readonly string[] | undefined;
  readonly emergencyAccounts: readonly string[];
  /** What an approver's sign-in has to carry. */
  readonly signInDemands: readonly string[];
  /** undefined: the refresh is off. */
  readonly fidoMetadataUrl: string | undefined;
  /** undefined: everything is reached directly. */
  readonly proxy: ProxyConfig | undefined;
}

/** `CLIENT_ID` is not set, and nothing else says who the bot should be. */
export interface SandboxConfig extends CommonConfig {
  readonly mode: "sandbox";
}

/** Everything that is wrong with the configuration, one problem a line. Holds no secret. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.problems = problems;
  }
}

/** Variables that say who a real bot is or whom it serves: without CLIENT_ID they contradict it. */
const ONLY_WITH_CLIENT_ID = [
  "TENANT_ID",
  "CLIENT_SECRET",
  "CLIENT_SECRET_EXPIRES",
  "CLIENT_CERTIFICATE_PATH",
  "MANAGED_IDENTITY_CLIENT_ID",
  "APP_ID_URI",
  "PUBLIC_URL",
  "ACCESS",
  "APPROVERS",
  "EMERGENCY_ACCOUNTS",
  "REQUIRE_AUTH_CONTEXT",
  "REQUIRE_STRENGTH",
] as const;

/**
 * The configuration, frozen: a real bot when `CLIENT_ID` is set, else the sandbox. The only reader of the environment.
 * @throws ConfigError naming every problem there is.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config | SandboxConfig {
  const reader = new EnvReader(env);
  const config = reader.text("CLIENT_ID") === undefined ? readSandbox(reader) : readBot(reader);
  reader.problems.push(...reader.names.stopping.map(whyStopped));
  if (reader.problems.length > 0) throw new ConfigError(Object.freeze(reader.problems));
  return Object.freeze(config);
}

/** Where the store is: all that a program needs which only looks at it. */
export type StoreConfig = Pick<Config, "dataDir" | "backupDir" | "database" | "recordKeys">;

/**
 * Only the store's settings, so that an auditor of the record needs none of the bot's secrets.
 * @throws ConfigError naming every problem there is.
 */
export function readStoreConfig(env: NodeJS.ProcessEnv = process.env): StoreConfig {
  const reader = new EnvReader(env);
  const config = {
    dataDir: reader.text("DATA_DIR") ?? "./data",
    backupDir: reader.text("BACKUP_DIR"),
    database: readDatabase(reader),
    recordKeys: readRecordKeys(reader),
  };
  if (reader.problems.length > 0) throw new ConfigError(Object.freeze(reader.problems));
  return Object.freeze(config);
}

/** Whom the lab signs in at, and where Graph is. */
export type LabConfig = Pick<
  Config,
  "tenantId" | "cloud" | "proxy" | "authorityHost" | "graphUrl" | "graphAudience"
>;

/**
 * Only what a person's own sign-in takes: the lab has no identity of its own.
 * @throws ConfigError naming every problem there is.
 */
export function readLabConfig(env: NodeJS.ProcessEnv = process.env): LabConfig {
  const reader = new EnvReader(env);
  const cloud = reader.oneOf("CLOUD", Object.keys(CLOUDS) as Cloud[], "public");
  const { authorityHost, graphUrl, graphAudience } = readAddresses(reader, CLOUDS[cloud]);
  const tenantId = reader.guid("TENANT_ID", "the id of the test tenant");
  const config = { tenantId, cloud, proxy: readProxy(reader), authorityHost, graphUrl, graphAudience };
  if (reader.problems.length > 0) throw new ConfigError(Object.freeze(reader.problems));
  return Object.freeze(config);
}

function readSandbox(reader: EnvReader): SandboxConfig {
  if (reader.text("NODE_ENV") === "production") {
    reader.problems.push(
      "CLIENT_ID is not set and NODE_ENV is production: expected the app registration's client id, since without it this would be the sandbox, in which any person may approve.",
    );
  }
  for (const name of ONLY_WITH_CLIENT_ID.filter((name) => reader.text(name) !== undefined)) {
    reader.problems.push(
      `${name} is set and CLIENT_ID is not: expected both for a real bot, or neither for the sandbox.`,
    );
  }
  if (reader.text("DATABASE_AUTH") === "entra") {
    reader.problems.push("DATABASE_AUTH is entra, which needs CLIENT_ID: the sandbox has no app of its own.");
  }
  // The sandbox signs every person in, so by default only this machine may reach it.
  return { mode: "sandbox", ...readCommon(reader, { host: "127.0.0.1", dataDir: "./data/sandbox" }) };
}

function readBot(reader: EnvReader): Config {
  const clientId = reader.guid("CLIENT_ID", "the application (client) id of the app registration");
  const cloud = reader.oneOf("CLOUD", Object.keys(CLOUDS) as Cloud[], "public");
  return {
    mode: "bot",
    clientId,
    tenantId: reader.guid("TENANT_ID", "the id of the tenant served"),
    credential: readCredential(reader),
    appIdUri: readAppIdUri(reader, clientId),
    publicUrl: readPublicUrl(reader),
    cloud,
    ...readAddresses(reader, CLOUDS[cloud]),
    access: reader.ids("ACCESS"),
    approvers: reader.ids("APPROVERS"),
    emergencyAccounts: reader.ids("EMERGENCY_ACCOUNTS") ?? [],
    signInDemands: readSignInDemands(reader),
    fidoMetadataUrl: readFidoMetadataUrl(reader),
    proxy: readProxy(reader),
    ...readCommon(reader, { host: "0.0.0.0", dataDir: "./data" }),
  };
}

function readCommon(reader: EnvReader, byDefault: { host: string; dataDir: string }): CommonConfig {
  const otlp = reader.text("OTEL_EXPORTER_OTLP_ENDPOINT");
  const insights = reader.text("APPLICATIONINSIGHTS_CONNECTION_STRING");
  if (insights !== undefined && !/(^|;)\s*InstrumentationKey=/i.test(insights)) {
    reader.problems.push(
      "APPLICATIONINSIGHTS_CONNECTION_STRING has no InstrumentationKey: expected the connection string of an Application Insights resource.",
    );
  }
  const year = { minutes: 525_600, hours: 8_760 };
  const host = reader.text("HOST") ?? byDefault.host;
  const port = reader.integer("PORT", { byDefault: 3978, min: 0, max: 65_535 });
  return {
    host,
    port,
    metricsAt: readMetricsAddress(reader, { host, port }),
    drainSeconds: reader.integer("DRAIN_SECONDS", { byDefault: 5, min: 0, max: 60 }),
    dataDir: reader.text("DATA_DIR") ?? byDefault.dataDir,
    backupDir: reader.text("BACKUP_DIR"),
    database: readDatabase(reader),
    recordKeys: readRecordKeys(reader),
    logLevel: reader.oneOf("LOG_LEVEL", LOG_LEVELS, "info"),
    approvalsRequired: reader.integer("APPROVALS_REQUIRED", { byDefault: 1, min: 1, max: 100 }),
    allowSelfApproval: reader.flag("ALLOW_SELF_APPROVAL", false),
    planTtlMinutes: reader.number("PLAN_TTL_MINUTES", { byDefault: 60, max: year.minutes }),
    scanMaxAgeHours: reader.number("SCAN_MAX_AGE_HOURS", { byDefault: 24, max: year.hours }),
    retentionDays: reader.integer("RETENTION_DAYS", { byDefault: 90, min: 1, max: 3_650 }),
    scanFullDays: reader.number("SCAN_FULL_DAYS", { byDefault: 7, max: 365 }),
    scanEveryHours: readScanEveryHours(reader),
    // A timer of Node holds at most 24.8 days; a week is more than an operator should wait for drift.
    digestTime: readDigestTime(reader),
    driftCheckMinutes: reader.number("DRIFT_CHECK_MINUTES", { byDefault: 15, max: 10_080 }),
    otlpEndpoint:
      otlp &&
      reader.url("OTEL_EXPORTER_OTLP_ENDPOINT", otlp, "an http or https address", (url) =>
        /^https?:$/.test(url.protocol),
      ),
    otlpOverGrpc: reader.text("OTEL_EXPORTER_OTLP_PROTOCOL") === "grpc",
    applicationInsights: insights === undefined ? undefined : new Secret(insights),
    doubtfulNames: reader.names.doubtful,
  };
}

function readAppIdUri(reader: EnvReader, clientId: string): string {
  const given = reader.text("APP_ID_URI");
  if (given === undefined) return `api://botid-${clientId}`;
  if (!URL.canParse(given)) {
    reader.wrong("APP_ID_URI", given, `the Application ID URI, such as api://botid-${clientId}`);
  }
  return given;
}

function readPublicUrl(reader: EnvReader): string {
  const expected =
    "the https address under which Teams reaches this bot, such as https://latchkey.example.com";
  const given = reader.required("PUBLIC_URL", expected);
  return given === undefined ? "" : reader.url("PUBLIC_URL", given, expected, isHttpsBase);
}

/** Written otherwise it stops the start: a demand that was misread would let weaker sign-ins approve. */
function readSignInDemands(reader: EnvReader): readonly string[] {
  const context = reader.text("REQUIRE_AUTH_CONTEXT");
  if (context !== undefined && !/^c[1-9]\d?$/.test(context)) {
    reader.wrong("REQUIRE_AUTH_CONTEXT", context, "the id of an authentication context, from c1 to c99");
  }
  const strength = reader.text("REQUIRE_STRENGTH");
  if (strength !== undefined && strength !== "phishing-resistant") {
    reader.wrong("REQUIRE_STRENGTH", strength, "phishing-resistant, or nothing");
  }
  return [context, strength].filter((demand) => demand !== undefined);
}

/** More often than hourly it would be in the way of people, and of the tenant's other apps. */
function readScanEveryHours(reader: EnvReader): number {
  const most = 7 * 24;
  const hours = reader.number("SCAN_EVERY_HOURS", { byDefault: 24, max: most });
  if (hours > 0 && hours < 1) {
    reader.wrong("SCAN_EVERY_HOURS", String(hours), `0 to turn it off, or a number from 1 to ${most}`);
  }
  return hours;
}

function readAddresses(reader: EnvReader, preset: CloudAddresses): CloudAddresses {
  const url = (name: string, byDefault: string, expected: string, allows: (url: URL) => boolean): string =>
    reader.url(name, reader.text(name) ?? byDefault, expected, allows);
  const version = /\/(v1\.0|beta)\/*$/;
  return {
    ...preset,
    authorityHost: url("AUTHORITY_HOST", preset.authorityHost, "an https base address", isHttpsBase),
    graphUrl: url(
      "GRAPH_URL",
      preset.graphUrl,
      "an https base address without a version at its end",
      (address) => isHttpsBase(address) && !version.test(address.pathname),
    ),
    botOpenIdMetadataUrl: url(
      "BOT_OPENID_METADATA_URL",
      preset.botOpenIdMetadataUrl,
      "an https address (http only on localhost)",
      isHttpsOrLoopback,
    ),
    botTokenIssuer: reader.text("BOT_TOKEN_ISSUER") ?? preset.botTokenIssuer,
  };
}

const FIDO_METADATA_URL = "https://mds3.fidoalliance.org/";

function readFidoMetadataUrl(reader: EnvReader): string | undefined {
  const given = reader.textOrEmpty("FIDO_METADATA_URL");
  if (given === "") return undefined;
  if (given === undefined) return FIDO_METADATA_URL;
  reader.url("FIDO_METADATA_URL", given, "an https address, or nothing to turn the refresh off", isHttps);
  return given;
}
