// `npm run entra-app`: makes the Entra app of infra/entra-app.json by the `az` command line, or adds what it lacks, and
// prints the bot's variables on standard output, or keeps them in a file. Run twice it changes nothing the second time.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { az, azIfThere, graph, Refused } from "./entra-app/azure-cli.mjs";
import { beyond, changesOf, notGranted, permissionIds } from "./entra-app/changes.mjs";
import { keepVariables } from "./entra-app/env-file.mjs";

const HELP = `Makes the Entra app of infra/entra-app.json, or adds what it lacks; az has to be signed in (az login).

  npm run entra-app -- --public-url https://latchkey.example.com --env .env [--dry-run]

  --public-url <https address>   where Teams reaches the bot: for the redirect URIs
  --app-id <client id>           an app that is there; left out: the one called Latchkey, or a new one
  --new-secret                   makes a client secret beside those there are, good for a year, and prints it
  --managed-identity <object id> trusts a user-assigned identity instead: its principal id
  --env <file>                   keeps the bot's variables there, beside others that it has; left out: they are printed
  --grant                        grants admin consent as well; takes a Privileged Role or Global Administrator
  --dry-run                      says what would be done, and does nothing

What is done is said on standard error; standard output has the variables alone (npm run --silent). Nothing is ever
taken away.
`;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const GRAPH_APP = "00000003-0000-0000-c000-000000000000";
const EXCHANGE_AUDIENCE = {
  AzureUSGovernment: "api://AzureADTokenExchangeUSGov",
  AzureChinaCloud: "api://AzureADTokenExchangeChina",
};
const AUTHORITY = {
  AzureUSGovernment: "https://login.microsoftonline.us",
  AzureChinaCloud: "https://login.partner.microsoftonline.cn",
};
const LATCHKEY_CLOUD = { AzureUSGovernment: "usgov", AzureChinaCloud: "china" };
const SECRET_DAYS = 365;

const say = (line) => process.stderr.write(`${line}\n`);

function readOptions() {
  const options = {
    "public-url": { type: "string" },
    "app-id": { type: "string" },
    "managed-identity": { type: "string" },
    env: { type: "string" },
    "new-secret": { type: "boolean", default: false },
    grant: { type: "boolean", default: false },
    "dry-run": { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw new Refused(`${error.message}\n\n${HELP}`);
  }
  if (values.help) return undefined;
  const address = values["public-url"] ?? process.env.PUBLIC_URL ?? "";
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== "https:" || url.search !== "" || url.hash !== "" || url.username !== "")
    throw new Refused(
      "--public-url takes the https address under which Teams reaches the bot, such as https://latchkey.example.com",
    );
  for (const name of ["app-id", "managed-identity"])
    if (values[name] !== undefined && !GUID.test(values[name]))
      throw new Refused(`--${name} takes an id (GUID), not ${JSON.stringify(values[name])}`);
  if (values["new-secret"] && values["managed-identity"] !== undefined)
    throw new Refused("--new-secret and --managed-identity are two ways to prove the app: choose one");
  return {
    publicUrl: url.href.replace(/\/+$/, ""),
    appId: values["app-id"]?.toLowerCase(),
    identity: values["managed-identity"]?.toLowerCase(),
    newSecret: values["new-secret"],
    envFile: values.env,
    grant: values.grant,
    dryRun: values["dry-run"],
  };
}

async function main() {
  const options = readOptions();
  if (options === undefined) return void process.stdout.write(HELP);
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const wanted = JSON.parse(await readFile(join(root, "infra", "entra-app.json"), "utf8"));
  const account = await az(["account", "show"]);
  const cloud = await az(["cloud", "show"]);
  const at = {
    graphUrl: cloud.endpoints.microsoftGraphResourceId.replace(/\/+$/, ""),
    tenantId: account.tenantId,
  };
  say(
    `Tenant ${at.tenantId}, as ${account.user?.name ?? "?"}${options.dryRun ? " (dry run: nothing is done)" : ""}`,
  );
  const graphPrincipal = await az(["ad", "sp", "show", "--id", GRAPH_APP]);
  const permissions = permissionIds(wanted, graphPrincipal);

  const app = await findOrMake(wanted, options, at);
  const known = { ...app, appId: app.appId ?? "<the new app's client id>" };
  const changes = changesOf(known, {
    wanted,
    identifierUri: wanted.api.identifierUri.replace("<client id>", known.appId),
    redirectUris: wanted.web.redirectPaths.map((path) => options.publicUrl + path),
    permissions,
    newId: randomUUID,
  });
  await does(options, "", changes, ({ patch }) =>
    graph(at.graphUrl, "patch", `/applications/${app.id}`, patch),
  );
  const more = beyond(known, permissions, graphPrincipal);
  if (more.length > 0) say(`! not needed by Latchkey, and left as they are: ${more.join(", ")}`);
  const ours = await principal(options, app, at);
  const proof = await proofOf(options, app, { ...at, cloudName: cloud.name });
  if (changes.length === 0) say("= the app is as infra/entra-app.json has it");
  await consent(options, app, await lackingConsent(ours, { ...at, permissions, graphPrincipal }));
  await handOver(options, known, { ...at, cloudName: cloud.name }, proof);
}

async function findOrMake(wanted, { appId, dryRun }, { graphUrl }) {
  const found =
    appId === undefined
      ? await az(["ad", "app", "list", "--display-name", wanted.displayName])
      : [await azIfThere(["ad", "app", "show", "--id", appId])].filter(Boolean);
  if (appId !== undefined && found.length === 0) throw new Refused(`this tenant has no app ${appId}`);
  // The list is of those whose name begins so.
  const same = appId === undefined ? found.filter((one) => one.displayName === wanted.displayName) : found;
  if (same.length > 1)
    throw new Refused(
      `several apps are called ${wanted.displayName} (${same.map((one) => one.appId).join(", ")}): say which with --app-id`,
    );
  if (same.length === 1) {
    say(`= app ${same[0].displayName} ${same[0].appId}`);
    return same[0];
  }
  const body = { displayName: wanted.displayName, signInAudience: wanted.signInAudience };
  say(`+ make the app ${wanted.displayName}, for this tenant alone`);
  return dryRun ? body : graph(graphUrl, "post", "/applications", body);
}

/** Says each step, and takes it unless it is a dry run. */
async function does({ dryRun }, prefix, steps, take) {
  for (const step of steps) {
    say(`+ ${prefix}${step.what}`);
    if (!dryRun) await take(step);
  }
}

/** What the tenant consents to is kept at the service principal. @returns the one there was */
async function principal(options, { appId }, { graphUrl }) {
  const there = appId === undefined ? undefined : await azIfThere(["ad", "sp", "show", "--id", appId]);
  if (there !== undefined) return there;
  await does(options, "", [{ what: "its service principal in this tenant" }], () =>
    graph(graphUrl, "post", "/servicePrincipals", { appId }),
  );
}

async function proofOf(options, app, { graphUrl, tenantId, cloudName }) {
  if (options.identity !== undefined) return trustIdentity(options, app, { graphUrl, tenantId, cloudName });
  if (!options.newSecret) return undefined;
  const ends = new Date(Date.now() + SECRET_DAYS * 86_400_000).toISOString().slice(0, 10);
  say(`+ a client secret, good until ${ends}; it is printed once, with the variables`);
  if (options.dryRun) return { secret: "<printed when it is made>", ends };
  const made = await graph(graphUrl, "post", `/applications/${app.id}/addPassword`, {
    passwordCredential: { displayName: "Latchkey", endDateTime: `${ends}T00:00:00Z` },
  });
  return { secret: made.secretText, ends };
}

async function trustIdentity(options, app, { graphUrl, tenantId, cloudName }) {
  const wanted = {
    name: "latchkey",
    issuer: `${AUTHORITY[cloudName] ?? "https://login.microsoftonline.com"}/${tenantId}/v2.0`,
    subject: options.identity,
    audiences: [EXCHANGE_AUDIENCE[cloudName] ?? "api://AzureADTokenExchange"],
  };
  const path = `/applications/${app.id}/federatedIdentityCredentials`;
  const there = app.id === undefined ? [] : ((await graph(graphUrl, "get", path))?.value ?? []);
  if (there.some(({ subject, issuer }) => subject === wanted.subject && issuer === wanted.issuer)) return {};
  const name = there.some((one) => one.name === wanted.name)
    ? `latchkey-${options.identity.slice(0, 8)}`
    : wanted.name;
  await does(options, "", [{ what: `trust the managed identity ${options.identity}` }], () =>
    graph(graphUrl, "post", path, { ...wanted, name }),
  );
  return {};
}

/** Names of the permissions that no administrator has consented to; undefined: that cannot be read. */
async function lackingConsent(ours, { graphUrl, permissions, graphPrincipal }) {
  if (ours === undefined) return permissions.map(({ name }) => name);
  try {
    // One after the other: az keeps its tokens in a file.
    const atGraph = async (list) => {
      const { value } = await graph(graphUrl, "get", `/servicePrincipals/${ours.id}/${list}`);
      return value.filter(({ resourceId }) => resourceId === graphPrincipal.id);
    };
    const roles = await atGraph("appRoleAssignments");
    return notGranted(permissions, roles, await atGraph("oauth2PermissionGrants"));
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

async function consent({ grant, dryRun }, { appId }, lacking) {
  if (lacking?.length === 0) return say("= an administrator has consented to all of these");
  const what =
    lacking === undefined ? "it cannot be read whether it is given" : `none for ${lacking.join(", ")}`;
  if (!grant)
    return say(
      `? consent: ${what}; an administrator runs az ad app permission admin-consent --id ${appId ?? "<client id>"}, or adds --grant`,
    );
  say("+ admin consent to all of these");
  if (!dryRun) await az(["ad", "app", "permission", "admin-consent", "--id", appId]);
}

async function handOver({ publicUrl, dryRun, identity, envFile }, { appId }, { tenantId, cloudName }, proof) {
  const cloud = LATCHKEY_CLOUD[cloudName];
  const lines = [
    `CLIENT_ID=${appId}`,
    `TENANT_ID=${tenantId}`,
    `PUBLIC_URL=${publicUrl}`,
    ...(cloud === undefined ? [] : [`CLOUD=${cloud}`]),
    ...(proof?.secret === undefined
      ? []
      : [`CLIENT_SECRET=${proof.secret}`, `CLIENT_SECRET_EXPIRES=${proof.ends}`]),
    ...(identity === undefined
      ? []
      : ["# The client id of that identity, which is not its object id:", "MANAGED_IDENTITY_CLIENT_ID="]),
    ...(proof === undefined
      ? ["# The secret that is there, or a new one: --new-secret", "CLIENT_SECRET="]
      : []),
  ];
  if (envFile === undefined || dryRun)
    return void process.stdout.write(`${dryRun ? "# dry run\n" : ""}${lines.join("\n")}\n`);
  try {
    await keepVariables(envFile, lines);
    say(`+ the variables in ${envFile}, which only you can read`);
  } catch (error) {
    // A secret is shown once: better here than nowhere.
    process.stdout.write(`${lines.join("\n")}\n`);
    throw new Refused(`${envFile} cannot be written (${error.code}): the variables are printed instead`);
  }
}

main().catch((error) => {
  say(
    error instanceof Refused
      ? error.message
      : `the app was not finished: ${error.message}. Run it again: what is done stays done.`,
  );
  process.exitCode = 1;
});
