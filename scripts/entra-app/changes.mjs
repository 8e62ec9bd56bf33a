// What an app registration lacks of infra/entra-app.json. Nothing is taken away that another program may use.

const GRAPH_APP = "00000003-0000-0000-c000-000000000000";

/**
 * The ids of the permissions in this cloud, by the names in the file.
 * @throws Error naming those that Graph does not have
 */
export function permissionIds(wanted, graphPrincipal) {
  const roles = new Map(graphPrincipal.appRoles.map(({ value, id }) => [value, id]));
  const scopes = new Map(graphPrincipal.oauth2PermissionScopes.map(({ value, id }) => [value, id]));
  const unknown = [
    ...wanted.permissions.application.filter((name) => !roles.has(name)),
    ...wanted.permissions.delegated.filter((name) => !scopes.has(name)),
  ];
  if (unknown.length > 0) throw new Error(`Graph of this cloud has no permission ${unknown.join(", ")}`);
  return [
    ...wanted.permissions.application.map((name) => ({ name, id: roles.get(name), type: "Role" })),
    ...wanted.permissions.delegated.map((name) => ({ name, id: scopes.get(name), type: "Scope" })),
  ];
}

/**
 * Each change with its words and its PATCH, in the order in which Entra takes them: the version of tokens before the
 * identifier URI, and the scope before the clients that are authorised for it.
 * @param newId makes the id of the scope, if there is none
 */
export function changesOf(app, { wanted, identifierUri, redirectUris, permissions, newId }) {
  const api = app.api ?? {};
  const scopes = api.oauth2PermissionScopes ?? [];
  const known = scopes.find(({ value }) => value === wanted.api.scope.value);
  const scope = known ?? { ...wanted.api.scope, id: newId(), isEnabled: true };
  return [
    ...tokenVersion(api, wanted),
    ...identifier(app, identifierUri),
    ...(known?.isEnabled === true && known.type === wanted.api.scope.type
      ? []
      : [
          {
            what: `expose the scope ${scope.value}, to which people may consent`,
            patch: {
              api: {
                oauth2PermissionScopes: [
                  ...scopes.filter((one) => one !== known),
                  { ...scope, type: wanted.api.scope.type, isEnabled: true },
                ],
              },
            },
          },
        ]),
    ...preAuthorised(api, wanted, scope.id),
    ...redirects(app, redirectUris),
    ...access(app, permissions),
  ];
}

function tokenVersion(api, wanted) {
  const version = wanted.api.requestedAccessTokenVersion;
  if (api.requestedAccessTokenVersion === version) return [];
  return [{ what: `tokens of version ${version}`, patch: { api: { requestedAccessTokenVersion: version } } }];
}

function identifier({ identifierUris = [] }, uri) {
  if (identifierUris.includes(uri)) return [];
  return [{ what: `Application ID URI ${uri}`, patch: { identifierUris: [...identifierUris, uri] } }];
}

function preAuthorised({ preAuthorizedApplications = [] }, wanted, scopeId) {
  const lacking = Object.entries(wanted.api.preAuthorizedClients).filter(
    ([, appId]) =>
      !preAuthorizedApplications.some(
        (one) => one.appId === appId && one.delegatedPermissionIds.includes(scopeId),
      ),
  );
  if (lacking.length === 0) return [];
  const ids = lacking.map(([, appId]) => appId);
  const widened = ids.map((appId) => {
    const there = preAuthorizedApplications.find((one) => one.appId === appId)?.delegatedPermissionIds ?? [];
    return { appId, delegatedPermissionIds: [...there, scopeId] };
  });
  const others = preAuthorizedApplications.filter(({ appId }) => !ids.includes(appId));
  return [
    {
      what: `authorise for it: ${lacking.map(([name, appId]) => `${name} (${appId})`).join(", ")}`,
      patch: { api: { preAuthorizedApplications: [...others, ...widened] } },
    },
  ];
}

function redirects({ web = {} }, wanted) {
  const there = web.redirectUris ?? [];
  const lacking = wanted.filter((uri) => !there.includes(uri));
  if (lacking.length === 0) return [];
  return [
    {
      what: `redirect URIs ${lacking.join(" and ")}`,
      patch: { web: { redirectUris: [...there, ...lacking] } },
    },
  ];
}

function access({ requiredResourceAccess = [] }, permissions) {
  const ofGraph = requiredResourceAccess.find(({ resourceAppId }) => resourceAppId === GRAPH_APP);
  const there = ofGraph?.resourceAccess ?? [];
  const lacking = permissions.filter(
    ({ id, type }) => !there.some((one) => one.id === id && one.type === type),
  );
  if (lacking.length === 0) return [];
  const others = requiredResourceAccess.filter((one) => one !== ofGraph);
  const resourceAccess = [...there, ...lacking.map(({ id, type }) => ({ id, type }))];
  return [
    {
      what: `ask for ${lacking.map(({ name, type }) => `${name} (${type === "Role" ? "application" : "delegated"})`).join(", ")}`,
      patch: { requiredResourceAccess: [...others, { resourceAppId: GRAPH_APP, resourceAccess }] },
    },
  ];
}

/** Permissions of Graph that the app asks for, and the file does not. */
export function beyond({ requiredResourceAccess = [] }, permissions, graphPrincipal) {
  const names = new Map(
    [...graphPrincipal.appRoles, ...graphPrincipal.oauth2PermissionScopes].map(({ id, value }) => [
      id,
      value,
    ]),
  );
  return requiredResourceAccess
    .filter(({ resourceAppId }) => resourceAppId === GRAPH_APP)
    .flatMap(({ resourceAccess }) => resourceAccess)
    .filter(({ id, type }) => !permissions.some((one) => one.id === id && one.type === type))
    .map(({ id }) => names.get(id) ?? id);
}

/**
 * Names of permissions without an administrator's consent.
 * @param roles appRoleAssignments of the service principal at Graph
 * @param grants oauth2PermissionGrants of it: those for one person alone are no consent of the tenant
 */
export function notGranted(permissions, roles, grants) {
  const scopes = grants
    .filter(({ consentType }) => consentType === "AllPrincipals")
    .flatMap(({ scope }) => scope.split(" "));
  return permissions
    .filter(({ type, id, name }) =>
      type === "Role" ? !roles.some(({ appRoleId }) => appRoleId === id) : !scopes.includes(name),
    )
    .map(({ name }) => name);
}
