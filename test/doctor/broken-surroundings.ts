import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Libsql from "libsql";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { tenantId } from "../../src/core/person.js";
import { openStore } from "../../src/storage/open-store.js";
import { answering, backupIn, nowhere, type Row, STRANGER, untrusted } from "./breaking.js";

/** Graph, Teams, the store, and who may do what. */
export const BROKEN_SURROUNDINGS: readonly Row[] = [
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
    broken: "the scan that it makes by itself fails",
    breakIt: async ({ env, tenant }) => {
      const store = await openStore({ dataDir: env.DATA_DIR ?? "" });
      const failed = { kind: "failed", fault: "graph-denied", times: 4 } as const;
      const at = new Date().toISOString();
      await store.ownScans.wait({ ...failed, tenantId: tenantId(tenant.tenantId), at });
      await store.close();
    },
    blamed: "own-scan",
    as: "attention",
    found: /the last 4 times \(graph-denied/,
    mend: /own-scan-failed/,
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
    broken: "the newest backup is of four days ago, though its file is new",
    breakIt: async (world) => backupIn(world, 4),
    blamed: "backup",
    as: "attention",
    found: /newest is of \S+Z, 4 days ago/,
    mend: /npm run store -- backup/,
  },
  {
    broken: "there is no backup where they are put",
    breakIt: ({ env }) => {
      env.BACKUP_DIR = join(env.DATA_DIR ?? "", "..");
    },
    blamed: "backup",
    as: "attention",
    found: /There is none in/,
    mend: /npm run store -- backup/,
  },
  {
    broken: "the folder of the backups is not there",
    breakIt: ({ env }) => {
      env.BACKUP_DIR = "/nowhere/backups";
    },
    blamed: "backup",
    as: "attention",
    found: /cannot be read \(ENOENT\)/,
    mend: /BACKUP_DIR/,
  },
  {
    broken: "a variable of another program looks like one of ours",
    breakIt: ({ env }) => (env.LOGLEVEL = "debug"),
    blamed: "variable-names",
    as: "attention",
    found: /LOGLEVEL looks like LOG_LEVEL/,
    mend: /leave it/,
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
