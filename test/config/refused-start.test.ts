import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { BOT, type CertificateFolder, certificateFolder, problemsOf, SOMEONE } from "./bot-env.js";

let files: CertificateFolder;
beforeAll(async () => {
  files = await certificateFolder();
});
afterAll(() => files.remove());

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
    ["a digest on no day", { DIGEST_AT: "Caturday 07:00" }, /^DIGEST_AT is "Caturday 07:00": expected a day/],
    ["a digest at no time", { DIGEST_AT: "Monday 25:00" }, /^DIGEST_AT is "Monday 25:00": /],
    ["a digest without a time", { DIGEST_AT: "Monday" }, /^DIGEST_AT is "Monday": /],
    ["a negative drift interval", { DRIFT_CHECK_MINUTES: "-5" }, /^DRIFT_CHECK_MINUTES is "-5": /],
    ["a drain that outlasts every patience", { DRAIN_SECONDS: "61" }, /^DRAIN_SECONDS is "61": /],
    ["a number in another notation", { PLAN_TTL_MINUTES: "1e3" }, /^PLAN_TTL_MINUTES is "1e3": /],
    ["a plan life beyond a year", { PLAN_TTL_MINUTES: "525601" }, /^PLAN_TTL_MINUTES is "525601": /],
    ["an interval no timer can hold", { DRIFT_CHECK_MINUTES: "99999999" }, /^DRIFT_CHECK_MINUTES is /],
    [
      "a scan of its own every few minutes",
      { SCAN_EVERY_HOURS: "0.1" },
      /^SCAN_EVERY_HOURS is "0.1": expected 0 to turn/,
    ],
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
    [
      "an unknown cloud",
      { CLOUD: "mars" },
      /^CLOUD is "mars": expected one of public, usgov, usgovdod, china/,
    ],
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
    expect(problemsOf({ ...BOT, ...env })).toEqual([expect.stringMatching(expected)]);
  });

  it.each([
    ["only-certificate.pem", "it holds no private key"],
    ["only-key.pem", "it holds no certificate"],
  ])("a certificate file that is only half of one: %s", (file, why) => {
    const env = { ...BOT, CLIENT_SECRET: undefined, CLIENT_CERTIFICATE_PATH: join(files.path, file) };
    expect(problemsOf(env)).toEqual([expect.stringContaining(why)]);
  });

  it("names every problem at once, one a line", () => {
    const env = { CLIENT_ID: "x", CLOUD: "y", PORT: "z", APPROVERS: "a,b" };
    const found = problemsOf(env);
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
    expect(problemsOf(env)).toHaveLength(4);
    expect(problemsOf(env).join("\n")).not.toMatch(/p4ssword|s3cret-value/);
  });
});
