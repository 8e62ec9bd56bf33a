import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Config, ConfigError, readConfig, type SandboxConfig } from "../src/config.js";

const CLIENT_ID = "aaaaaaaa-0000-4000-8000-000000000001";
const TENANT_ID = "bbbbbbbb-0000-4000-8000-000000000002";
const SOMEONE = "cccccccc-0000-4000-8000-000000000003";
const ELSE = "dddddddd-0000-4000-8000-000000000004";

/** The smallest configuration of a real bot. */
const BOT = {
  CLIENT_ID,
  TENANT_ID,
  CLIENT_SECRET: "s3cret-value",
  PUBLIC_URL: "https://latchkey.example.com",
};

let dir: string;
let certificate: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "latchkey-config-"));
  certificate = join(dir, "app.pem");
  const pair = await generate([{ name: "commonName", value: "latchkey" }]);
  writeFileSync(certificate, `${pair.private}\n${pair.cert}\n`);
  writeFileSync(join(dir, "only-certificate.pem"), pair.cert);
  writeFileSync(join(dir, "only-key.pem"), pair.private);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function bot(extra: NodeJS.ProcessEnv = {}): Config {
  const config = readConfig({ ...BOT, ...extra });
  if (config.mode !== "bot") throw new Error("expected the configuration of a real bot");
  return config;
}

function sandbox(env: NodeJS.ProcessEnv = {}): SandboxConfig {
  const config = readConfig(env);
  if (config.mode !== "sandbox") throw new Error("expected the configuration of the sandbox");
  return config;
}

function problems(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe("the configuration of a real bot", () => {
  it("needs an app, a tenant, a credential and a public address; the rest has defaults", () => {
    const { credential, ...config } = bot();
    expect(config).toEqual({
      mode: "bot",
      clientId: CLIENT_ID,
      tenantId: TENANT_ID,
      appIdUri: `api://botid-${CLIENT_ID}`,
      publicUrl: "https://latchkey.example.com",
      cloud: "public",
      authorityHost: "https://login.microsoftonline.com",
      graphUrl: "https://graph.microsoft.com",
      graphAudience: "https://graph.microsoft.com",
      botOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
      botTokenIssuer: "https://api.botframework.com",
      botScope: "https://api.botframework.com/.default",
      databaseScope: "https://ossrdbms-aad.database.windows.net/.default",
      access: undefined,
      approvers: undefined,
      emergencyAccounts: [],
      fidoMetadataUrl: "https://mds3.fidoalliance.org/",
      host: "0.0.0.0",
      port: 3978,
      dataDir: "./data",
      database: undefined,
      recordKeys: [],
      logLevel: "info",
      approvalsRequired: 1,
      allowSelfApproval: false,
      planTtlMinutes: 60,
      scanMaxAgeHours: 24,
      scanFullDays: 7,
      driftCheckMinutes: 15,
      otlpEndpoint: undefined,
      applicationInsights: undefined,
    });
    expect(credential.kind === "secret" && credential.secret.reveal()).toBe("s3cret-value");
  });

  it("cannot be changed after it was read", () => {
    const config = bot({ APPROVERS: SOMEONE });
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.credential)).toBe(true);
    expect(Object.isFrozen(config.approvers)).toBe(true);
  });

  it("never prints its secrets", () => {
    const config = bot({ APPLICATIONINSIGHTS_CONNECTION_STRING: "InstrumentationKey=insights-key" });
    const printed = `${JSON.stringify(config)} ${inspect(config, { depth: 9 })} ${
      config.credential.kind === "secret" && `${config.credential.secret}`
    }`;
    expect(printed).not.toMatch(/s3cret-value|insights-key/);
    expect(config.applicationInsights?.reveal()).toBe("InstrumentationKey=insights-key");
  });

  it("takes ids in any case and keeps them in lower case", () => {
    const config = bot({ CLIENT_ID: CLIENT_ID.toUpperCase(), TENANT_ID: ` ${TENANT_ID.toUpperCase()} ` });
    expect([config.clientId, config.tenantId]).toEqual([CLIENT_ID, TENANT_ID]);
    expect(config.appIdUri).toBe(`api://botid-${CLIENT_ID}`);
  });

  it("has the metrics beside everything else, or where it is told", () => {
    expect(bot().metricsAt).toBeUndefined();
    const METRICS_PORT = "0";
    expect(bot({ METRICS_PORT }).metricsAt).toEqual({ host: "0.0.0.0", port: 0 });
    expect(bot({ METRICS_PORT, METRICS_HOST: "::1" }).metricsAt).toEqual({ host: "::1", port: 0 });
  });

  it("takes a certificate file with its key instead of a secret", () => {
    const { credential } = bot({ CLIENT_SECRET: undefined, CLIENT_CERTIFICATE_PATH: certificate });
    expect(credential).toMatchObject({ kind: "certificate", path: certificate });
    expect(credential.kind === "certificate" && credential.pem.reveal()).toContain("PRIVATE KEY-----");
  });

  it("takes a managed identity instead of a secret", () => {
    const { credential } = bot({ CLIENT_SECRET: undefined, MANAGED_IDENTITY_CLIENT_ID: SOMEONE });
    expect(credential).toEqual({ kind: "managed-identity", clientId: SOMEONE });
  });

  it("takes every number, flag and address of the table", () => {
    const config = bot({
      HOST: "127.0.0.1",
      PORT: "0",
      METRICS_PORT: "9464",
      DATA_DIR: "/var/lib/latchkey",
      APP_ID_URI: "api://latchkey.example.com/app",
      APPROVALS_REQUIRED: "2",
      ALLOW_SELF_APPROVAL: "TRUE",
      PLAN_TTL_MINUTES: "0.5",
      SCAN_MAX_AGE_HOURS: "48",
      DRIFT_CHECK_MINUTES: "0",
      AUTHORITY_HOST: "https://LOCALHOST:8443/",
      GRAPH_URL: "https://localhost:9443",
      BOT_OPENID_METADATA_URL: "http://127.0.0.1:9000/metadata",
      BOT_TOKEN_ISSUER: "https://issuer.example.com",
      FIDO_METADATA_URL: "https://metadata.example.com/blob",
      LOG_LEVEL: "debug",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318",
    });
    expect(config).toMatchObject({
      host: "127.0.0.1",
      port: 0,
      metricsAt: { host: "127.0.0.1", port: 9464 },
      dataDir: "/var/lib/latchkey",
      appIdUri: "api://latchkey.example.com/app",
      approvalsRequired: 2,
      allowSelfApproval: true,
      planTtlMinutes: 0.5,
      scanMaxAgeHours: 48,
      driftCheckMinutes: 0,
      authorityHost: "https://localhost:8443",
      graphUrl: "https://localhost:9443",
      graphAudience: "https://graph.microsoft.com",
      botOpenIdMetadataUrl: "http://127.0.0.1:9000/metadata",
      botTokenIssuer: "https://issuer.example.com",
      fidoMetadataUrl: "https://metadata.example.com/blob",
      logLevel: "debug",
      otlpEndpoint: "http://collector:4318",
    });
  });

  it.each([
    ["usgov", "https://graph.microsoft.us"],
    ["usgovdod", "https://dod-graph.microsoft.us"],
  ])("takes the addresses of the %s cloud", (cloud, graph) => {
    expect(bot({ CLOUD: cloud })).toMatchObject({
      cloud,
      authorityHost: "https://login.microsoftonline.us",
      graphUrl: graph,
      graphAudience: graph,
      botOpenIdMetadataUrl: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
      botTokenIssuer: "https://api.botframework.us",
      botScope: "https://api.botframework.us/.default",
    });
  });

  it("keeps the cloud's own audience when GRAPH_URL is overridden", () => {
    const config = bot({ CLOUD: "usgov", GRAPH_URL: "https://localhost:9443" });
    expect([config.graphUrl, config.graphAudience]).toEqual([
      "https://localhost:9443",
      "https://graph.microsoft.us",
    ]);
  });

  it("turns the refresh of the FIDO metadata off when its address is set to nothing", () => {
    expect(bot({ FIDO_METADATA_URL: "" }).fidoMetadataUrl).toBeUndefined();
  });

  it.each(["ACCESS", "APPROVERS"] as const)(
    "%s: not set is the role rule, set to nothing is nobody",
    (name) => {
      const read = (env: NodeJS.ProcessEnv) => bot(env)[name === "ACCESS" ? "access" : "approvers"];
      expect(read({})).toBeUndefined();
      expect(read({ [name]: "" })).toEqual([]);
      expect(read({ [name]: " , " })).toEqual([]);
      expect(read({ [name]: `${SOMEONE.toUpperCase()}, ${ELSE},${SOMEONE},` })).toEqual([SOMEONE, ELSE]);
    },
  );

  it("reads the emergency accounts", () => {
    expect(bot({ EMERGENCY_ACCOUNTS: `${SOMEONE},${ELSE}` }).emergencyAccounts).toEqual([SOMEONE, ELSE]);
  });

  it("treats a variable set to nothing as not set", () => {
    expect(bot({ PORT: "", LOG_LEVEL: " ", CLOUD: "", MANAGED_IDENTITY_CLIENT_ID: "" })).toEqual(bot());
  });
});

describe("start-up refuses", () => {
  const cases: readonly [string, NodeJS.ProcessEnv, RegExp][] = [
    ["a CLIENT_ID that is no GUID", { CLIENT_ID: "latchkey" }, /^CLIENT_ID is "latchkey": .*GUID/],
    ["a TENANT_ID that is no GUID", { TENANT_ID: "contoso.com" }, /^TENANT_ID is "contoso.com": .*GUID/],
    ["a missing TENANT_ID", { TENANT_ID: undefined }, /^TENANT_ID is not set: expected .*tenant/],
    [
      "a missing credential",
      { CLIENT_SECRET: undefined },
      /^None of CLIENT_SECRET, .* is set: expected exactly one/,
    ],
    [
      "a second credential",
      { MANAGED_IDENTITY_CLIENT_ID: SOMEONE },
      /^CLIENT_SECRET and MANAGED_IDENTITY_CLIENT_ID of .* are set: expected exactly one/,
    ],
    [
      "a managed identity that is no GUID",
      { CLIENT_SECRET: undefined, MANAGED_IDENTITY_CLIENT_ID: "mine" },
      /^MANAGED_IDENTITY_CLIENT_ID is "mine": .*GUID/,
    ],
    [
      "a certificate file that is not there",
      { CLIENT_SECRET: undefined, CLIENT_CERTIFICATE_PATH: "/nowhere/app.pem" },
      /^CLIENT_CERTIFICATE_PATH is "\/nowhere\/app.pem": .*ENOENT/,
    ],
    ["an entry of ACCESS that is no GUID", { ACCESS: `${SOMEONE},bob` }, /^An entry of ACCESS is "bob": /],
    ["an entry of APPROVERS that is no GUID", { APPROVERS: "all" }, /^An entry of APPROVERS is "all": /],
    [
      "an emergency account that is no GUID",
      { EMERGENCY_ACCOUNTS: "breakglass@contoso.com" },
      /^An entry of EMERGENCY_ACCOUNTS is "breakglass@contoso.com": /,
    ],
    [
      "no approval at all",
      { APPROVALS_REQUIRED: "0" },
      /^APPROVALS_REQUIRED is "0": expected a whole number/,
    ],
    ["half an approval", { APPROVALS_REQUIRED: "1.5" }, /^APPROVALS_REQUIRED is "1.5": /],
    ["approvals that are no number", { APPROVALS_REQUIRED: "two" }, /^APPROVALS_REQUIRED is "two": /],
    [
      "a negative plan life",
      { PLAN_TTL_MINUTES: "-1" },
      /^PLAN_TTL_MINUTES is "-1": expected a number from 0/,
    ],
    ["a negative scan age", { SCAN_MAX_AGE_HOURS: "-24" }, /^SCAN_MAX_AGE_HOURS is "-24": /],
    ["a negative drift interval", { DRIFT_CHECK_MINUTES: "-5" }, /^DRIFT_CHECK_MINUTES is "-5": /],
    ["a number in another notation", { PLAN_TTL_MINUTES: "1e3" }, /^PLAN_TTL_MINUTES is "1e3": /],
    ["a plan life beyond a year", { PLAN_TTL_MINUTES: "525601" }, /^PLAN_TTL_MINUTES is "525601": /],
    ["an interval no timer can hold", { DRIFT_CHECK_MINUTES: "99999999" }, /^DRIFT_CHECK_MINUTES is /],
    ["a port out of range", { PORT: "65536" }, /^PORT is "65536": expected a whole number from 0 to 65535/],
    ["metrics on the bot's own port", { METRICS_PORT: "3978" }, /^METRICS_PORT is "3978": expected another/],
    ["a METRICS_PORT out of range", { METRICS_PORT: "-1" }, /^METRICS_PORT is "-1": /],
    [
      "an address of metrics without its port",
      { METRICS_HOST: "::1" },
      /^METRICS_HOST is set and METRICS_PORT/,
    ],
    ["a port that is no number", { PORT: "http" }, /^PORT is "http": /],
    [
      "a flag that is neither",
      { ALLOW_SELF_APPROVAL: "yes" },
      /^ALLOW_SELF_APPROVAL is "yes": .*true or false/,
    ],
    ["a missing PUBLIC_URL", { PUBLIC_URL: undefined }, /^PUBLIC_URL is not set: expected .*https/],
    ["a PUBLIC_URL over http", { PUBLIC_URL: "http://bot.example.com" }, /^PUBLIC_URL is "http:.*https/],
    ["an AUTHORITY_HOST over http", { AUTHORITY_HOST: "http://localhost:1" }, /^AUTHORITY_HOST is .*https/],
    ["an AUTHORITY_HOST with a query", { AUTHORITY_HOST: "https://a.example?b=c" }, /^AUTHORITY_HOST is /],
    ["a GRAPH_URL over http", { GRAPH_URL: "http://localhost:1" }, /^GRAPH_URL is .*https/],
    ["a GRAPH_URL with a version", { GRAPH_URL: "https://graph.example/v1.0/" }, /^GRAPH_URL is .*version/],
    ["FIDO metadata over http", { FIDO_METADATA_URL: "http://localhost:1" }, /^FIDO_METADATA_URL is .*https/],
    [
      "bot metadata over http from another machine",
      { BOT_OPENID_METADATA_URL: "http://metadata.example/x" },
      /^BOT_OPENID_METADATA_URL is .*https/,
    ],
    ["an APP_ID_URI that is no URI", { APP_ID_URI: "latchkey" }, /^APP_ID_URI is "latchkey": /],
    ["an unknown cloud", { CLOUD: "china" }, /^CLOUD is "china": expected one of public, usgov, usgovdod/],
    ["a cloud named like a member of every object", { CLOUD: "constructor" }, /^CLOUD is "constructor": /],
    ["an unknown log level", { LOG_LEVEL: "loud" }, /^LOG_LEVEL is "loud": expected one of trace, /],
    [
      "a collector that is no address",
      { OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4318" },
      /^OTEL_EXPORTER_OTLP_ENDPOINT is .*http or https/,
    ],
    [
      "a connection string without its key",
      { APPLICATIONINSIGHTS_CONNECTION_STRING: "p4ssword" },
      /^APPLICATIONINSIGHTS_CONNECTION_STRING has no InstrumentationKey/,
    ],
    [
      "a database that is none of PostgreSQL",
      { DATABASE_URL: "mysql://latchkey:p4ssword@db/latchkey" },
      /^DATABASE_URL is not an address of PostgreSQL/,
    ],
  ];

  it.each(cases)("%s", (_, env, expected) => {
    expect(problems({ ...BOT, ...env })).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    ["only-certificate.pem", "it holds no private key"],
    ["only-key.pem", "it holds no certificate"],
  ])("a certificate file that is only half of one: %s", (file, why) => {
    const env = { ...BOT, CLIENT_SECRET: undefined, CLIENT_CERTIFICATE_PATH: join(dir, file) };
    expect(problems(env)).toEqual([expect.stringContaining(why)]);
  });

  it("names every problem at once, one a line", () => {
    const env = { CLIENT_ID: "x", CLOUD: "y", PORT: "z", APPROVERS: "a,b" };
    const found = problems(env);
    expect(found.map((line) => line.match(/[A-Z_]{4,}/)?.[0])).toEqual([
      "CLIENT_ID",
      "CLOUD",
      "TENANT_ID",
      "CLIENT_SECRET",
      "PUBLIC_URL",
      "APPROVERS",
      "APPROVERS",
      "PORT",
    ]);
    expect(() => readConfig(env)).toThrow(found.join("\n"));
  });

  it("without repeating a secret", () => {
    const env = {
      ...BOT,
      MANAGED_IDENTITY_CLIENT_ID: SOMEONE,
      DATABASE_URL: "postgres://latchkey:p4ssword@db/latchkey?sslmode=p4ssword",
      APPLICATIONINSIGHTS_CONNECTION_STRING: "p4ssword",
      GRAPH_URL: "https://me:p4ssword@graph.example",
    };
    expect(problems(env)).toHaveLength(4);
    expect(problems(env).join("\n")).not.toMatch(/p4ssword|s3cret-value/);
  });
});

describe("without CLIENT_ID", () => {
  it("is the sandbox, reachable from this machine only, with a folder of its own", () => {
    expect(sandbox()).toMatchObject({
      mode: "sandbox",
      host: "127.0.0.1",
      port: 3978,
      dataDir: "./data/sandbox",
    });
    expect(sandbox({ PORT: "4000", LOG_LEVEL: "warn" })).toMatchObject({ port: 4000, logLevel: "warn" });
  });

  it("takes a database like a real bot", () => {
    const DATABASE_URL = "postgres://latchkey:p4ssword@localhost/latchkey";
    expect(sandbox({ DATABASE_URL }).database).toMatchObject({ host: "localhost", database: "latchkey" });
  });

  it("refuses to sign in at a database, having no app to do it as", () => {
    const env = { DATABASE_URL: "postgres://latchkey@localhost/latchkey", DATABASE_AUTH: "entra" };
    expect(problems(env)).toEqual([expect.stringMatching(/^DATABASE_AUTH is entra, which needs CLIENT_ID/)]);
  });

  it("refuses what the sandbox cannot use either", () => {
    expect(problems({ PORT: "-1", LOG_LEVEL: "loud" })).toHaveLength(2);
  });

  it.each([
    "TENANT_ID",
    "CLIENT_SECRET",
    "CLIENT_CERTIFICATE_PATH",
    "MANAGED_IDENTITY_CLIENT_ID",
    "APP_ID_URI",
    "PUBLIC_URL",
    "ACCESS",
    "APPROVERS",
    "EMERGENCY_ACCOUNTS",
  ])("refuses %s rather than starting the sandbox where a real bot was meant", (name) => {
    expect(problems({ [name]: "anything" })).toEqual([
      `${name} is set and CLIENT_ID is not: expected both for a real bot, or neither for the sandbox.`,
    ]);
    expect(problems({ CLIENT_ID: "", [name]: "anything" })).toHaveLength(1);
  });
});
