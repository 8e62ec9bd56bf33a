#!/usr/bin/env node
// Azure's command line with a tenant in a file, for what scripts/entra-app.mjs and docs/install.md ask of it. It takes what Graph
// documents and refuses the rest; what it is asked to change is kept in `calls`.
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const GRAPH = "principal of Graph";
const file = process.env.FAKE_AZ_STATE;
const state = JSON.parse(readFileSync(file, "utf8"));
const words = process.argv.slice(2);
const value = (name) => (words.includes(name) ? words[words.indexOf(name) + 1] : undefined);
const command = words
  .slice(
    0,
    words.findIndex((word) => word.startsWith("--")),
  )
  .join(" ");

function refuse(why) {
  process.stderr.write(`ERROR: ${why}\n`);
  process.exit(1);
}

function answer(result) {
  writeFileSync(file, JSON.stringify(state));
  if (result !== undefined) process.stdout.write(JSON.stringify(result));
  process.exit(0);
}

if (!state.signedIn) refuse("Please run 'az login' to setup account.");
const appNamed = (id) => state.apps.find((app) => app.appId === id || app.id === id);

/** As Graph keeps what an administrator consented to for everybody. */
function consentOf({ requiredResourceAccess }) {
  const asked = requiredResourceAccess.flatMap(({ resourceAccess }) => resourceAccess);
  const granted = (type) => asked.filter((one) => one.type === type).map(({ id }) => id);
  const scopes = state.graph.oauth2PermissionScopes.filter(({ id }) => granted("Scope").includes(id));
  return {
    appRoleAssignments: granted("Role").map((appRoleId) => ({ appRoleId, resourceId: GRAPH })),
    oauth2PermissionGrants: [
      { consentType: "AllPrincipals", resourceId: GRAPH, scope: scopes.map(({ value }) => value).join(" ") },
    ],
  };
}

function patch(app, body) {
  for (const [name, given] of Object.entries(body)) {
    if (name === "identifierUris") {
      // https://learn.microsoft.com/entra/identity-platform/identifier-uri-restrictions
      const odd = given.filter((uri) => uri.startsWith("api://botid-") && uri !== `api://botid-${app.appId}`);
      if (odd.length > 0) refuse(`Values of identifierUris property must use a verified domain: ${odd}`);
      if (app.api.requestedAccessTokenVersion !== 2)
        refuse("the app takes no identifier URI with tokens of version 1");
      app.identifierUris = given;
    } else if (name === "api") {
      const next = { ...app.api, ...given };
      const scopes = next.oauth2PermissionScopes.map(({ id }) => id);
      for (const { appId, delegatedPermissionIds } of next.preAuthorizedApplications)
        for (const id of delegatedPermissionIds)
          if (!app.api.oauth2PermissionScopes.some((scope) => scope.id === id) || !scopes.includes(id))
            refuse(
              `Property preAuthorizedApplications of ${appId} references a scope that does not exist: ${id}`,
            );
      app.api = next;
    } else if (name === "web") {
      if (given.redirectUris.some((uri) => !uri.startsWith("https://")))
        refuse("redirect URIs must be https");
      app.web = { ...app.web, ...given };
    } else if (name === "requiredResourceAccess") app.requiredResourceAccess = given;
    else refuse(`Property '${name}' cannot be changed here`);
  }
}

function rest() {
  const [method, url] = [value("--method"), value("--url")];
  const body = value("--body") && JSON.parse(readFileSync(value("--body").slice(1), "utf8"));
  const path = url.replace("https://graph.microsoft.com/v1.0", "");
  if (method !== "get") state.calls.push({ method, path, body });
  if (method === "post" && path === "/applications") {
    const api = {
      requestedAccessTokenVersion: null,
      oauth2PermissionScopes: [],
      preAuthorizedApplications: [],
    };
    const made = {
      ...body,
      id: randomUUID(),
      appId: state.nextAppId ?? randomUUID(),
      identifierUris: [],
      api,
      web: { redirectUris: [] },
      requiredResourceAccess: [],
    };
    state.apps.push(made);
    return made;
  }
  if (method === "post" && path === "/servicePrincipals") {
    if (!appNamed(body.appId)) refuse("NoBackingApplicationObject");
    state.principals.push(body.appId);
    return { id: `principal of ${body.appId}`, appId: body.appId };
  }
  const [, principal, list] =
    /^\/servicePrincipals\/principal of ([^/]+)\/(appRoleAssignments|oauth2PermissionGrants)$/.exec(path) ??
    [];
  if (principal !== undefined) {
    if (state.mayNotRead) refuse("Authorization_RequestDenied: Insufficient privileges");
    return { value: state.consented?.[principal]?.[list] ?? [] };
  }
  const [, id, rest = ""] = /^\/applications\/([^/]+)(\/\w+)?$/.exec(path) ?? refuse(`no route ${path}`);
  const app = appNamed(id) ?? refuse("Request_ResourceNotFound");
  if (method === "patch" && rest === "") return patch(app, body);
  if (rest === "/addPassword")
    return {
      secretText: state.nextSecret ?? `secret-${randomUUID()}`,
      endDateTime: body.passwordCredential.endDateTime,
    };
  if (rest === "/federatedIdentityCredentials") {
    app.federated ??= [];
    if (method === "post") app.federated.push(body);
    return { value: app.federated };
  }
  return refuse(`no route ${method} ${path}`);
}

switch (command) {
  case "account show":
    answer({ tenantId: state.tenantId, user: { name: "admin@kestrelmarine.example" } });
    break;
  case "cloud show":
    answer({ name: state.cloud, endpoints: { microsoftGraphResourceId: "https://graph.microsoft.com/" } });
    break;
  case "ad sp show":
    if (value("--id") === "00000003-0000-0000-c000-000000000000") answer({ id: GRAPH, ...state.graph });
    if (!state.principals.includes(value("--id"))) refuse(`Resource '${value("--id")}' does not exist`);
    answer({ id: `principal of ${value("--id")}`, appId: value("--id") });
    break;
  case "ad app list":
    answer(state.apps.filter(({ displayName }) => displayName.startsWith(value("--display-name"))));
    break;
  case "ad app show":
    answer(appNamed(value("--id")) ?? refuse(`Resource '${value("--id")}' does not exist`));
    break;
  case "ad app permission admin-consent":
    if (!state.principals.includes(value("--id"))) refuse("no service principal");
    state.calls.push({ consent: value("--id") });
    state.consented = { ...state.consented, [value("--id")]: consentOf(appNamed(value("--id"))) };
    answer();
    break;
  case "ad app delete": {
    const app = appNamed(value("--id")) ?? refuse(`Resource '${value("--id")}' does not exist`);
    state.apps = state.apps.filter((one) => one !== app);
    state.principals = state.principals.filter((id) => id !== app.appId);
    answer();
    break;
  }
  case "ad user show":
    answer(state.users?.[value("--id")] ?? refuse(`Resource '${value("--id")}' does not exist`));
    break;
  case "group create":
    state.group = value("--name");
    answer({ name: state.group, location: value("--location") });
    break;
  case "bot create":
    if (state.group !== value("--resource-group")) refuse("ResourceGroupNotFound");
    if (value("--app-type") !== "SingleTenant") refuse(`--app-type: not ${value("--app-type")}`);
    if (value("--tenant-id") !== state.tenantId || appNamed(value("--appid")) === undefined)
      refuse("the app of a bot has to be of its tenant");
    state.bot = { name: value("--name"), properties: { endpoint: value("--endpoint") } };
    answer(state.bot);
    break;
  case "bot msteams create":
  case "bot show":
    if (state.bot?.name !== value("--name")) refuse("ResourceNotFound");
    if (command === "bot msteams create") state.bot.teams = true;
    answer(state.bot);
    break;
  case "rest":
    answer(rest());
    break;
  default:
    refuse(`'${command}' is misspelled or not recognized by the system.`);
}
