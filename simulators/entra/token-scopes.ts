/** Audiences whose tokens Graph and the Bot Framework channel of each cloud accept. */
const RESOURCES: Readonly<Record<string, "graph" | "channel">> = {
  "https://graph.microsoft.com": "graph",
  "https://graph.microsoft.us": "graph",
  "https://dod-graph.microsoft.us": "graph",
  "https://api.botframework.com": "channel",
  "https://api.botframework.us": "channel",
};
const OPENID = ["openid", "profile", "email", "offline_access"];

export interface AskedScopes {
  readonly api: "graph" | "channel" | "unknown";
  /** Audience of the token asked for. */
  readonly resource: string;
  /** `.default`: whatever was consented. */
  readonly asDefault: boolean;
  /** Permissions by name. */
  readonly names: readonly string[];
  readonly openId: readonly string[];
}

/** Reads a `scope` parameter; undefined when it is missing, empty, or for two resources at once. */
export function readScopes(scope: string | null): AskedScopes | undefined {
  const all = (scope ?? "").split(" ").filter((part) => part !== "");
  const openId = all.filter((part) => OPENID.includes(part));
  const permissions = all.filter((part) => !OPENID.includes(part)).map(splitScope);
  const resource = permissions[0]?.resource;
  if (resource === undefined || permissions.some((one) => one.resource !== resource)) return undefined;
  const names = permissions.map((one) => one.name).filter((name) => name !== ".default");
  const asDefault = names.length < permissions.length;
  return { api: RESOURCES[resource] ?? "unknown", resource, asDefault, names, openId };
}

/** A scope without a resource is one of Graph's. */
function splitScope(scope: string): { resource: string; name: string } {
  const cut = scope.lastIndexOf("/");
  return cut < 0
    ? { resource: "https://graph.microsoft.com", name: scope }
    : { resource: scope.slice(0, cut), name: scope.slice(cut + 1) };
}
