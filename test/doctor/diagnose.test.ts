import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Libsql from "libsql";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCertificates } from "../../simulators/http/certificates.js";
import { startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { readConfig } from "../../src/config.js";
import type { Finding } from "../../src/core/check/finding.js";
import { diagnose } from "../../src/doctor/diagnose.js";
import { report } from "../../src/doctor/report.js";
import { goOutBy, outbound } from "../../src/outbound/outbound.js";
import { startConnectProxy } from "../outbound/connect-proxy.js";
import { type CheckedWorld, checkedWorld } from "./checked-world.js";

const STRANGER = "99999999-0000-4000-8000-000000000009";

let world: CheckedWorld;
const also: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  world = await checkedWorld();
});
afterEach(async () => {
  goOutBy(outbound(undefined));
  await world.close();
  for (const one of also.splice(0)) await one.close();
});

async function look(): Promise<readonly Finding[]> {
  const config = readConfig(world.env);
  if (config.mode !== "bot") throw new Error("expected the configuration of a real bot");
  return diagnose(config, { as: world.as, now: () => world.now() });
}

const idsIn = (findings: readonly Finding[], ...states: readonly Finding["state"][]) =>
  findings.filter(({ state }) => states.includes(state)).map(({ id }) => id);

/** What is broken; what alone is to be blamed for it, and how the words begin that mend it. */
interface Row {
  readonly broken: string;
  readonly breakIt: (world: CheckedWorld) => unknown;
  readonly blamed: string;
  /** `missing` when left out. */
  readonly as?: "attention" | "not-needed";
  readonly found: RegExp;
  readonly mend: RegExp;
}

const revoked = (name: string): Row => ({
  broken: `the permission ${name} is not granted`,
  breakIt: ({ tenant }) => tenant.consents.application.delete(name),
  blamed: `permission:${name}`,
  found: /Graph says no|not granted/,
  mend: new RegExp(`application permission ${name} .*npm run entra-app`),
});

const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (world: CheckedWorld) => {
    world.front = { ...world.front, bot: (_, response) => void response.writeHead(status, headers).end() };
  };

async function nowhere(): Promise<string> {
  const gone = await startConnectProxy("nowhere.test");
  await gone.close();
  return new URL(gone.url).origin;
}

async function untrusted(): Promise<string> {
  const server = await startLoopbackServer({
    certificates: await makeCertificates(),
    answer: async (_, response) => void response.end(),
  });
  also.push(server);
  return server.url;
}

async function certificateIn(world: CheckedWorld, days: { from: number; to: number }) {
  const at = (days: number) => new Date(Date.now() + days * 86_400_000);
  const pair = await generate([{ name: "commonName", value: "latchkey" }], {
    notBeforeDate: at(days.from),
    notAfterDate: at(days.to),
  });
  const path = join(world.env.DATA_DIR ?? "", "app.pem");
  mkdirSync(world.env.DATA_DIR ?? "", { recursive: true });
  writeFileSync(path, `${pair.private}\n${pair.cert}\n`);
  delete world.env.CLIENT_SECRET;
  world.env.CLIENT_CERTIFICATE_PATH = path;
  return pair.cert;
}

const ROWS: readonly Row[] = [
  {
    broken: "the secret is wrong",
    breakIt: ({ env }) => (env.CLIENT_SECRET = "not-the-secret"),
    blamed: "credential",
    found: /does not take its secret \(AADSTS7000215\)/,
    mend: /CLIENT_SECRET to the secret's value/,
  },
  {
    broken: "the secret has expired by its day",
    breakIt: ({ env }) => (env.CLIENT_SECRET_EXPIRES = "2020-01-01"),
    blamed: "credential-expiry",
    found: /ended on 2020-01-01/,
    mend: /--new-secret/,
  },
  {
    broken: "the secret ends within 30 days",
    breakIt: ({ env }) =>
      (env.CLIENT_SECRET_EXPIRES = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10)),
    blamed: "credential-expiry",
    as: "attention",
    found: /ends on \S+, in 12 days/,
    mend: /--new-secret/,
  },
  {
    broken: "the client id is another app's",
    breakIt: ({ env }) => (env.CLIENT_ID = STRANGER),
    blamed: "app",
    found: /has no app 99999999.*AADSTS700016/,
    mend: /CLIENT_ID/,
  },
  {
    broken: "the tenant id is another tenant's",
    breakIt: ({ env }) => (env.TENANT_ID = STRANGER),
    blamed: "tenant",
    found: /knows no tenant 99999999.*AADSTS90002/,
    mend: /TENANT_ID/,
  },
  {
    broken: "the certificate is not registered",
    breakIt: (world) => certificateIn(world, { from: -1, to: 300 }),
    blamed: "credential",
    found: /does not know its certificate \(AADSTS700027\)/,
    mend: /az ad app credential reset .*--append/,
  },
  {
    broken: "the certificate ends in a week",
    breakIt: async (world) =>
      world.tenant.clientCertificates.push(await certificateIn(world, { from: -300, to: 7 })),
    blamed: "credential-expiry",
    as: "attention",
    found: /in [78] days/,
    mend: /new certificate/,
  },
  {
    broken: "the managed identity is not there",
    breakIt: ({ env }) => {
      delete env.CLIENT_SECRET;
      env.MANAGED_IDENTITY_CLIENT_ID = STRANGER;
    },
    blamed: "credential",
    found: /gives out no token of the managed identity/,
    mend: /Assign the user-assigned identity/,
  },
  {
    broken: "nothing listens where Entra should be",
    breakIt: async ({ env }) => (env.AUTHORITY_HOST = (await nowhere()).replace("http:", "https:")),
    blamed: "entra",
    found: /does not answer \(ECONNREFUSED\)/,
    mend: /port 443/,
  },
  {
    broken: "a proxy that looks into TLS is not trusted",
    breakIt: async ({ env }) => (env.AUTHORITY_HOST = await untrusted()),
    blamed: "entra",
    found: /does not answer/,
    mend: /NODE_EXTRA_CA_CERTS/,
  },
  {
    broken: "Entra is down",
    breakIt: ({ entra }) => (entra.discovery.down = true),
    blamed: "entra",
    found: /answered 503/,
    mend: /Wait/,
  },
  {
    broken: "Entra gives no tokens at the moment",
    breakIt: ({ entra }) => entra.faults.set("temporarilyUnavailable"),
    blamed: "credential",
    found: /no token at the moment/,
    mend: /Wait/,
  },
  {
    broken: "the proxy does not take our password",
    breakIt: async (world) => {
      const proxy = await startConnectProxy("company.test");
      also.push(proxy);
      const wrong = new URL(proxy.url);
      wrong.password = "wrong";
      Object.assign(world.env, {
        HTTPS_PROXY: wrong.href,
        AUTHORITY_HOST: "https://login.company.test",
        GRAPH_URL: "https://graph.company.test",
      });
    },
    blamed: "proxy",
    found: /the proxy answered 407/,
    mend: /HTTPS_PROXY/,
  },
  {
    broken: "there is no proxy where it is said to be",
    breakIt: async ({ env }) =>
      Object.assign(env, { HTTPS_PROXY: await nowhere(), AUTHORITY_HOST: "https://login.company.test" }),
    blamed: "proxy",
    found: /lets nothing through \(ECONNREFUSED\)/,
    mend: /HTTPS_PROXY/,
  },
  {
    broken: "this machine's clock is ten minutes ahead",
    breakIt: (world) => (world.now = () => new Date(Date.now() + 600_000)),
    blamed: "clock",
    found: /(599|600|601) seconds ahead/,
    mend: /timedatectl/,
  },
  {
    broken: "this machine's clock is an hour behind",
    breakIt: (world) => (world.now = () => new Date(Date.now() - 3_600_000)),
    blamed: "clock",
    found: /seconds behind/,
    mend: /timedatectl/,
  },
  ...[
    "Policy.Read.AuthenticationMethod",
    "UserAuthMethod-Passkey.Read.All",
    "AuditLog.Read.All",
    "User.Read.All",
    "GroupMember.Read.All",
    "RoleManagement.Read.Directory",
  ].map(revoked),
  {
    broken: "the app may write by itself",
    breakIt: ({ tenant }) => tenant.consents.application.add("Policy.ReadWrite.AuthenticationMethod"),
    blamed: "permissions-beyond",
    as: "attention",
    found: /change things by itself.*Policy\.ReadWrite\.AuthenticationMethod/,
    mend: /Take back/,
  },
  {
    broken: "nothing listens where Graph should be",
    breakIt: async ({ env }) => (env.GRAPH_URL = (await nowhere()).replace("http:", "https:")),
    blamed: "graph",
    found: /does not answer/,
    mend: /port 443/,
  },
  {
    broken: "Graph is of another cloud",
    breakIt: ({ graph }) =>
      graph.faults.next({ status: 401, code: "InvalidAuthenticationToken", times: 999 }),
    blamed: "graph",
    found: /does not accept the app's token/,
    mend: /GRAPH_URL or CLOUD/,
  },
  {
    broken: "Graph is kept busy by another program",
    breakIt: ({ graph }) => graph.faults.next({ status: 429, retryAfter: 60, times: 999 }),
    blamed: "graph",
    as: "attention",
    found: /did not answer every question/,
    mend: /Wait/,
  },
  {
    broken: "the Application ID URI is not set",
    breakIt: ({ env }) => (env.APP_ID_URI = "api://another"),
    blamed: "sign-on",
    found: /knows no api:\/\/another/,
    mend: /access_as_user.*APP_ID_URI/,
  },
  {
    broken: "the redirect URI of a sign-in is not registered",
    breakIt: ({ entra, env }) => entra.signInRules.redirectUris.delete(`${env.PUBLIC_URL}/sign-in/done`),
    blamed: "redirect:/sign-in/done",
    found: /does not know .*\/sign-in\/done \(AADSTS50011\)/,
    mend: /--web-redirect-uris/,
  },
  {
    broken: "the redirect URI of the consent link is not registered",
    breakIt: ({ entra, env }) => entra.signInRules.redirectUris.delete(`${env.PUBLIC_URL}/sign-in`),
    blamed: "redirect:/sign-in",
    found: /AADSTS50011/,
    mend: /--web-redirect-uris/,
  },
  {
    broken: "there is no bot of this app",
    breakIt: ({ entra }) =>
      entra.faults.set("resourceNotFound", { resource: "https://api.botframework.com" }),
    blamed: "bot-channel",
    found: /no token for the Bot Framework \(AADSTS500011\)/,
    mend: /az bot create/,
  },
  {
    broken: "Teams' signing keys cannot be fetched",
    breakIt: async ({ env }) => (env.BOT_OPENID_METADATA_URL = `${await nowhere()}/keys`),
    blamed: "channel-keys",
    found: /cannot be fetched \(ECONNREFUSED\)/,
    mend: /BOT_OPENID_METADATA_URL/,
  },
  {
    broken: "Teams' signing keys are another cloud's",
    breakIt: ({ env }) => (env.BOT_TOKEN_ISSUER = "https://api.botframework.us"),
    blamed: "channel-keys",
    found: /messages are to be from https:\/\/api\.botframework\.us/,
    mend: /BOT_TOKEN_ISSUER/,
  },
  {
    broken: "nothing listens at the public address",
    breakIt: async ({ env, entra }) => {
      env.PUBLIC_URL = (await nowhere()).replace("http:", "https:");
      for (const path of ["/sign-in", "/sign-in/done"])
        entra.signInRules.redirectUris.add(env.PUBLIC_URL + path);
    },
    blamed: "public-address",
    found: /does not answer \(ECONNREFUSED\)/,
    mend: /Start the bot/,
  },
  {
    broken: "the public address has a certificate that no one trusts",
    breakIt: async ({ env, entra }) => {
      env.PUBLIC_URL = await untrusted();
      for (const path of ["/sign-in", "/sign-in/done"])
        entra.signInRules.redirectUris.add(env.PUBLIC_URL + path);
    },
    blamed: "public-address",
    found: /does not answer/,
    mend: /certificate for its name/,
  },
  {
    broken: "the proxy in front does not reach the bot",
    breakIt: answering(502),
    blamed: "public-address",
    found: /answers 502/,
    mend: /HOST and PORT/,
  },
  {
    broken: "another program answers at the public address",
    breakIt: answering(404),
    blamed: "public-address",
    found: /answers 404, which is not what the bot says/,
    mend: /lead \/api\/messages/,
  },
  {
    broken: "the proxy in front sends people to a sign-in of its own",
    breakIt: answering(302, { location: "https://sso.example/login" }),
    blamed: "public-address",
    found: /redirects to https:\/\/sso\.example\/login/,
    mend: /PUBLIC_URL/,
  },
  {
    broken: "a file stands where the folder should be",
    breakIt: ({ env }) => {
      writeFileSync(env.DATA_DIR ?? "", "");
      env.DATA_DIR = join(env.DATA_DIR ?? "", "below");
    },
    blamed: "store",
    found: /cannot be used/,
    mend: /DATA_DIR/,
  },
  {
    broken: "the database is of a newer version",
    breakIt: ({ env }) => {
      mkdirSync(env.DATA_DIR ?? "", { recursive: true });
      const database = new Libsql(join(env.DATA_DIR ?? "", "latchkey.db"));
      database.exec(
        "create table audit (x); create table kysely_migration (name text, timestamp text); insert into kysely_migration values ('999-later', '')",
      );
      database.close();
    },
    blamed: "store",
    found: /newer version/,
    mend: /DATA_DIR/,
  },
  {
    broken: "the database server is not there",
    breakIt: async ({ env }) =>
      (env.DATABASE_URL = `postgres://latchkey:p4ssw0rd@127.0.0.1:${new URL(await nowhere()).port}/latchkey`),
    blamed: "store",
    found: /The database latchkey at 127\.0\.0\.1:\d+ cannot be used/,
    mend: /DATABASE_URL/,
  },
  {
    broken: "FIDO's metadata cannot be fetched",
    breakIt: (world) => (world.front = { ...world.front, metadataStatus: 403 }),
    blamed: "metadata",
    as: "attention",
    found: /cannot be fetched \(403\)/,
    mend: /FIDO_METADATA_URL/,
  },
  {
    broken: "an emergency account is mistyped",
    breakIt: ({ env }) => (env.EMERGENCY_ACCOUNTS = `${SAMPLE_PEOPLE.emergency1.id},${STRANGER}`),
    blamed: "emergency-accounts",
    found: new RegExp(`${STRANGER} is neither a user nor a group`),
    mend: /EMERGENCY_ACCOUNTS/,
  },
  {
    broken: "no emergency account is named",
    breakIt: ({ env }) => delete env.EMERGENCY_ACCOUNTS,
    blamed: "emergency-accounts",
    as: "attention",
    found: /None are named/,
    mend: /EMERGENCY_ACCOUNTS/,
  },
  {
    broken: "ACCESS names no one who is there",
    breakIt: ({ env }) => (env.ACCESS = `${SAMPLE_PEOPLE.grace.id},${STRANGER}`),
    blamed: "access",
    found: new RegExp(`${STRANGER}: neither a user nor a group`),
    mend: /ACCESS/,
  },
  {
    broken: "APPROVERS is set to nothing",
    breakIt: ({ env }) => (env.APPROVERS = ""),
    blamed: "approvers",
    found: /so no one may/,
    mend: /APPROVERS/,
  },
  {
    broken: "there are fewer approvers than approvals",
    breakIt: ({ env }) => Object.assign(env, { APPROVERS: SAMPLE_PEOPLE.grace.id, APPROVALS_REQUIRED: "2" }),
    blamed: "approvers",
    found: /1 person, and a plan needs 2 approvals/,
    mend: /APPROVALS_REQUIRED/,
  },
  {
    broken: "the person who asks has no role",
    breakIt: (world) => (world.as = "Alan Turing"),
    blamed: "asker",
    found: /Alan Turing \(no Entra role active\) may not talk/,
    mend: /PIM/,
  },
  {
    broken: "the person who asks is not there",
    breakIt: (world) => (world.as = "no.one@kestrelmarine.example"),
    blamed: "asker",
    found: /knows no person/,
    mend: /sign-in name/,
  },
];

describe("the check of an installation", () => {
  it("finds nothing wrong where everything is set up, and says what each person may do", async () => {
    const findings = await look();
    expect(idsIn(findings, "missing", "attention")).toEqual([]);
    expect(idsIn(findings, "not-checked")).toEqual(["backup"]);
    expect(findings.find(({ id }) => id === "asker")?.found).toMatch(/Grace Hopper.* and may approve/);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
    expect(report(findings)).toMatch(/\n\nIt works\.\n$/);
  });

  it("says by which way passkeys are found without a licence, and blames nothing for it", async () => {
    world.tenant.premium = false;
    const findings = await look();
    expect(idsIn(findings, "missing", "attention")).toEqual([]);
    expect(findings.find(({ id }) => id === "licence")?.found).toMatch(/asking about every account/);
  });

  it("writes nothing: not to Graph, and not where the store will be", async () => {
    await look();
    expect(world.graph.patches()).toEqual([]);
    const { existsSync } = await import("node:fs");
    expect(existsSync(world.env.DATA_DIR ?? "")).toBe(false);
  });

  it.each(ROWS)("names it, and nothing else, when $broken", async ({ breakIt, blamed, ...row }) => {
    await breakIt(world);
    const findings = await look();
    expect(idsIn(findings, "missing", "attention")).toEqual(row.as === "not-needed" ? [] : [blamed]);
    const finding = findings.find(({ id }) => id === blamed);
    expect(finding?.state).toBe(row.as ?? "missing");
    expect(finding?.found).toMatch(row.found);
    expect(finding?.mend).toMatch(row.mend);
    const said = report(findings);
    expect(said).not.toMatch(/\n\s+at .*:\d+:\d+\)?$/m);
    for (const secret of [...world.entra.issued, "p4ssw0rd", "wrong@", "not-the-secret"])
      expect(said.includes(secret)).toBe(false);
  });
});
