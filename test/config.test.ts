import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Config, readConfig, type SandboxConfig } from "../src/config.js";
import {
  BOT,
  type CertificateFolder,
  CLIENT_ID,
  certificateFolder,
  problemsOf,
  SOMEONE,
  TENANT_ID,
} from "./config/bot-env.js";

const ELSE = "dddddddd-0000-4000-8000-000000000004";

let files: CertificateFolder;
beforeAll(async () => {
  files = await certificateFolder();
});
afterAll(() => files.remove());

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
      tokenIssuerV1: "https://sts.windows.net",
      tokenExchangeAudience: "api://AzureADTokenExchange",
      graphUrl: "https://graph.microsoft.com",
      graphAudience: "https://graph.microsoft.com",
      botOpenIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
      botTokenIssuer: "https://api.botframework.com",
      botScope: "https://api.botframework.com/.default",
      databaseScope: "https://ossrdbms-aad.database.windows.net/.default",
      adminCenterUrl: "https://entra.microsoft.com",
      securityInfoUrl: "https://aka.ms/mysecurityinfo",
      access: undefined,
      approvers: undefined,
      emergencyAccounts: [],
      signInDemands: [],
      fidoMetadataUrl: "https://mds3.fidoalliance.org/",
      proxy: undefined,
      host: "0.0.0.0",
      port: 3978,
      drainSeconds: 5,
      dataDir: "./data",
      database: undefined,
      recordKeys: [],
      logLevel: "info",
      approvalsRequired: 1,
      allowSelfApproval: false,
      planTtlMinutes: 60,
      scanMaxAgeHours: 24,
      retentionDays: 90,
      scanEveryHours: 24,
      scanFullDays: 7,
      digestTime: { weekday: 1, minute: 420 },
      driftCheckMinutes: 15,
      otlpEndpoint: undefined,
      otlpOverGrpc: false,
      applicationInsights: undefined,
      doubtfulNames: [],
      backupDir: undefined,
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
    const { credential } = bot({ CLIENT_SECRET: undefined, CLIENT_CERTIFICATE_PATH: files.certificate });
    expect(credential).toMatchObject({ kind: "certificate", path: files.certificate });
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
      DRAIN_SECONDS: "60",
      DATA_DIR: "/var/lib/latchkey",
      APP_ID_URI: "api://latchkey.example.com/app",
      APPROVALS_REQUIRED: "2",
      ALLOW_SELF_APPROVAL: "TRUE",
      PLAN_TTL_MINUTES: "0.5",
      SCAN_MAX_AGE_HOURS: "48",
      DIGEST_AT: "friday 16:05",
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
      drainSeconds: 60,
      dataDir: "/var/lib/latchkey",
      appIdUri: "api://latchkey.example.com/app",
      approvalsRequired: 2,
      allowSelfApproval: true,
      planTtlMinutes: 0.5,
      scanMaxAgeHours: 48,
      digestTime: { weekday: 5, minute: 965 },
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
    ["grpc", true],
    ["http/json", false],
    ["http/protobuf", false],
  ])("OTEL_EXPORTER_OTLP_PROTOCOL %s, which other programs read too, stops nothing", (protocol, over) => {
    expect(bot({ OTEL_EXPORTER_OTLP_PROTOCOL: protocol }).otlpOverGrpc).toBe(over);
  });

  it.each([
    ["usgov", "https://graph.microsoft.us"],
    ["usgovdod", "https://dod-graph.microsoft.us"],
  ])("takes the addresses of the %s cloud", (cloud, graph) => {
    expect(bot({ CLOUD: cloud })).toMatchObject({
      cloud,
      authorityHost: "https://login.microsoftonline.us",
      tokenIssuerV1: "https://sts.windows.net",
      tokenExchangeAudience: "api://AzureADTokenExchangeUSGov",
      graphUrl: graph,
      graphAudience: graph,
      botOpenIdMetadataUrl: "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
      botTokenIssuer: "https://api.botframework.us",
      botScope: "https://api.botframework.us/.default",
    });
  });

  it("takes the addresses of the cloud in China", () => {
    expect(bot({ CLOUD: "china" })).toMatchObject({
      authorityHost: "https://login.partner.microsoftonline.cn",
      tokenIssuerV1: "https://sts.chinacloudapi.cn",
      tokenExchangeAudience: "api://AzureADTokenExchangeChina",
      graphUrl: "https://microsoftgraph.chinacloudapi.cn",
      graphAudience: "https://microsoftgraph.chinacloudapi.cn",
      botOpenIdMetadataUrl: "https://login.botframework.azure.cn/v1/.well-known/openidconfiguration",
      botTokenIssuer: "https://api.botframework.azure.cn",
      botScope: "https://api.botframework.azure.cn/.default",
      databaseScope: "https://ossrdbms-aad.database.chinacloudapi.cn/.default",
    });
  });

  it.each(["public", "usgov", "usgovdod", "china"])("leaves nothing of cloud %s to another", (cloud) => {
    const of = bot({ CLOUD: cloud });
    const hosts = [
      of.authorityHost,
      of.graphUrl,
      of.graphAudience,
      of.botOpenIdMetadataUrl,
      of.botTokenIssuer,
      of.botScope,
      of.databaseScope,
      of.adminCenterUrl,
      of.securityInfoUrl,
    ];
    const endings = {
      public: /\.(com|net|ms)$/,
      usgov: /\.(us|net)$/,
      usgovdod: /\.(us|net)$/,
      china: /\.cn$/,
    };
    for (const host of hosts) expect(new URL(host).hostname).toMatch(endings[of.cloud]);
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

  it("reads what an approver's sign-in has to carry, and takes nothing for it that could be misread", () => {
    const both = bot({ REQUIRE_AUTH_CONTEXT: "c12", REQUIRE_STRENGTH: "phishing-resistant" });
    expect(both.signInDemands).toEqual(["c12", "phishing-resistant"]);
    for (const wrong of ["C1", "c0", "c100", "1", "c1,c2", "c01"]) {
      expect(problemsOf({ ...BOT, REQUIRE_AUTH_CONTEXT: wrong }), wrong).toHaveLength(1);
    }
    expect(problemsOf({ ...BOT, REQUIRE_STRENGTH: "mfa" })).toHaveLength(1);
  });

  it("treats a variable set to nothing as not set", () => {
    expect(bot({ PORT: "", LOG_LEVEL: " ", CLOUD: "", MANAGED_IDENTITY_CLIENT_ID: "" })).toEqual(bot());
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
    expect(problemsOf(env)).toEqual([
      expect.stringMatching(/^DATABASE_AUTH is entra, which needs CLIENT_ID/),
    ]);
  });

  it("refuses what the sandbox cannot use either", () => {
    expect(problemsOf({ PORT: "-1", LOG_LEVEL: "loud" })).toHaveLength(2);
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
    "REQUIRE_AUTH_CONTEXT",
    "REQUIRE_STRENGTH",
  ])("refuses %s rather than starting the sandbox where a real bot was meant", (name) => {
    expect(problemsOf({ [name]: "anything" })).toEqual([
      `${name} is set and CLIENT_ID is not: expected both for a real bot, or neither for the sandbox.`,
    ]);
    expect(problemsOf({ CLIENT_ID: "", [name]: "anything" })).toHaveLength(1);
  });
});
