import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { OWN_NAMES } from "../../src/config/near-names.js";
import { SECRET_FILES } from "../../src/config/secret-files.js";
import { readConfig } from "../../src/config.js";
import { BOT, problemsOf } from "./bot-env.js";

describe("a variable that nothing reads and that looks like one of ours", () => {
  const slips: readonly [string, string][] = [
    ["REQUIRED_APPROVALS", "APPROVALS_REQUIRED"],
    ["APPROVAL_REQUIRED", "APPROVALS_REQUIRED"],
    ["APROVALS_REQUIRED", "APPROVALS_REQUIRED"],
    ["APPROVALS_REQIURED", "APPROVALS_REQUIRED"],
    ["approvals_required", "APPROVALS_REQUIRED"],
    ["approvalsRequired", "APPROVALS_REQUIRED"],
    ["LATCHKEY_APPROVALS_REQUIRED", "APPROVALS_REQUIRED"],
    ["EMERGENCY_ACCOUNT", "EMERGENCY_ACCOUNTS"],
    ["EMERGENCYACCOUNTS", "EMERGENCY_ACCOUNTS"],
    ["APPROVER", "APPROVERS"],
    ["ALLOW_SELFAPPROVAL", "ALLOW_SELF_APPROVAL"],
    ["CLIENTID", "CLIENT_ID"],
    ["TENANTID", "TENANT_ID"],
    ["CLIENT_SECRETE", "CLIENT_SECRET"],
    ["CLIENT_SECRETS_FILE", "CLIENT_SECRET_FILE"],
    ["APPROVERS_FILE", "APPROVERS"],
    ["DATABSE_URL", "DATABASE_URL"],
    ["RECORD_KEYS", "RECORD_KEY"],
    ["REQUIRE_STRENGHT", "REQUIRE_STRENGTH"],
    ["LATCHKEY_ACCESS", "ACCESS"],
  ];
  it.each(slips)("stops the start: %s is %s", (given, meant) => {
    const stem = meant.replace(/_FILE$/, "");
    const env = Object.fromEntries(Object.entries(BOT).filter(([name]) => name !== stem));
    expect(problemsOf({ ...env, [given]: "2" }).join("\n")).toContain(
      `${given} is set, and nothing reads it: expected ${meant}. If it is not for Latchkey, set ${meant} as well`,
    );
  });

  it("does so as the one problem there is", () => {
    expect(problemsOf({ ...BOT, APPROVALS_REQIRED: "2" })).toEqual([
      "APPROVALS_REQIRED is set, and nothing reads it: expected APPROVALS_REQUIRED. If it is not for Latchkey, set APPROVALS_REQUIRED as well, or to nothing.",
    ]);
  });

  it("advises no one to let no one approve", () => {
    const said = problemsOf({ ...BOT, APPROVER: "x", RECORD_KEYS: "x" });
    expect(said).toEqual([
      expect.stringMatching(/set APPROVERS as well\.$/),
      expect.stringMatching(/, or to nothing\.$/),
    ]);
  });

  const doubtful: readonly [string, string][] = [
    ["LOGLEVEL", "LOG_LEVEL"],
    ["PUBLIC_URI", "PUBLIC_URL"],
    ["CLIENTID", "CLIENT_ID"],
    ["CLIENT_SECRETE", "CLIENT_SECRET"],
    ["RETENTION_DAY", "RETENTION_DAYS"],
    ["GRAPH_URI", "GRAPH_URL"],
  ];
  it.each(doubtful)(
    "may be another program's, and is spoken of: %s beside a bot that has what it needs",
    (given, meant) => {
      const env = { ...BOT, [given]: "2" };
      expect(problemsOf(env)).toEqual([]);
      expect(readConfig(env).doubtfulNames).toEqual([{ given, meant }]);
    },
  );

  it("is spoken of only, where the one it looks like is named: with a value, a file, or nothing on purpose", () => {
    const foreign = { ...BOT, DATABASE_URI: "postgres://elsewhere" };
    expect(problemsOf(foreign)).toEqual([expect.stringMatching(/^DATABASE_URI .* expected DATABASE_URL\./)]);
    for (const DATABASE_URL of ["", "postgres://latchkey:p@localhost/latchkey"])
      expect(readConfig({ ...foreign, DATABASE_URL }).doubtfulNames).toHaveLength(1);
    expect(problemsOf({ ...BOT, EMERGENCY_ACCOUNT: "x", EMERGENCY_ACCOUNTS: "" })).toEqual([]);
  });

  it("stops every start with our own name before it, which no other program has", () => {
    expect(problemsOf({ ...BOT, LATCHKEY_LOG_LEVEL: "debug" })).toEqual([expect.stringMatching(/LOG_LEVEL/)]);
  });

  it("stops the sandbox as well, which would otherwise start in place of a real bot", () => {
    expect(problemsOf({ CLIENTID: "aaaaaaaa-0000-4000-8000-000000000001" }).join()).toMatch(
      /expected CLIENT_ID/,
    );
  });

  it("does not quote its value", () => {
    const { CLIENT_SECRET: _, ...without } = BOT;
    expect(problemsOf({ ...without, CLIENT_SECRETE: "s3cret" }).join()).not.toContain("s3cret");
  });

  const others = {
    PATH: "/bin",
    HOSTNAME: "pod-1",
    HOME: "/root",
    AZURE_CLIENT_ID: "x",
    AZURE_TENANT_ID: "x",
    AZURE_CLIENT_SECRET: "x",
    LATCHKEY_PORT: "tcp://10.0.0.1:80",
    LATCHKEY_SERVICE_HOST: "10.0.0.1",
    LATCHKEY_PORT_80_TCP: "tcp://10.0.0.1:80",
    ftp_proxy: "http://proxy:1",
    XDG_DATA_DIRS: "/usr/share",
    NODE_EXTRA_CA_CERTS: "/ca.pem",
    IDENTITY_ENDPOINT: "http://127.0.0.1",
    IDENTITY_HEADER: "x",
    PORTS: "1",
    KUBERNETES_PORT: "tcp://10.0.0.1:443",
    CREDENTIALS_DIRECTORY: "/run/credentials",
    STATE_DIRECTORY: "/var/lib/latchkey",
    npm_config_access: "public",
    PGHOST: "db",
    TEAMSFX_ENV: "dev",
    OTEL_EXPORTER_OTLP_ENDPOINTS: "x",
  };
  it.each(Object.entries(others))("leaves what other programs set alone: %s", (name, value) => {
    expect(problemsOf({ ...BOT, [name]: value })).toEqual([]);
    expect(readConfig({ ...BOT, [name]: value }).doubtfulNames).toEqual([]);
  });

  it("leaves one that is set to nothing alone", () => {
    expect(problemsOf({ ...BOT, EMERGENCY_ACCOUNT: " " })).toEqual([]);
  });
});

describe("the list of our variables", () => {
  it("holds every one that is read", () => {
    const folder = join(import.meta.dirname, "../../src");
    const readers = ["config.ts", ...readdirSync(join(folder, "config")).map((file) => `config/${file}`)]
      .filter((file) => file !== "config/near-names.ts")
      .map((file) => readFileSync(join(folder, file), "utf8"))
      .join("\n");
    const read = [...readers.matchAll(/"([A-Z]+(?:_[A-Z]+)*)"/g)].map(([, name = ""]) => name);
    const known = [...OWN_NAMES, ...Object.values(SECRET_FILES)] as readonly string[];
    expect(read.filter((name) => !known.includes(name))).toEqual([]);
    expect(read.length).toBeGreaterThan(40);
  });
});
