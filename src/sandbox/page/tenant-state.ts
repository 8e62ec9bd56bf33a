import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import { servedPolicy } from "../../../simulators/graph/policy/policy-store.js";
import { USUAL_READINGS } from "../../../simulators/graph/readings.js";
import type { RequestRecord } from "../../../simulators/graph/request-log.js";
import type { SimulatedGraph } from "../../../simulators/graph/simulated-graph.js";
import type { DirectoryAudit, SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import { type PolicyInWords, policyInWords } from "./policy-in-words.js";
import type { World } from "./world.js";

export interface TenantSources {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  readonly world: World;
}

/** Everything the page shows, as JSON. Newest first. */
export interface TenantState {
  readonly tenant: { readonly name: string; readonly people: number };
  readonly enabled: boolean;
  readonly words: PolicyInWords;
  readonly policy: string;
  readonly audits: readonly AuditLine[];
  readonly requests: readonly RequestLine[];
  readonly tokens: readonly TokenLine[];
  readonly world: ReturnType<World["describe"]>;
}

interface AuditLine {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly changes: readonly string[];
}

interface RequestLine {
  readonly at: string;
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly status: string;
  readonly failed: boolean;
}

interface TokenLine {
  readonly at: string;
  readonly what: string;
  readonly result: string;
  readonly failed: boolean;
}

const SHOWN = 100;

export function tenantState({ tenant, entra, graph, world }: TenantSources): TenantState {
  return {
    tenant: { name: tenant.displayName, people: tenant.users.size },
    enabled: tenant.policy.state === "enabled",
    words: policyInWords(tenant.policy, tenant),
    policy: JSON.stringify(
      servedPolicy(tenant.policy, USUAL_READINGS, "https://graph.microsoft.com/v1.0"),
      null,
      2,
    ),
    audits: tenant.audits.slice(-SHOWN).reverse().map(auditLine),
    requests: requestLines(graph.requests),
    tokens: entra.tokenRequests
      .slice(-20)
      .reverse()
      .map(({ at, grant, person, result }) => ({
        at,
        what: grant === "on_behalf_of" ? `on behalf of ${nameOf(tenant, person)}` : "for the app itself",
        result,
        failed: result !== "granted",
      })),
    world: world.describe(),
  };
}

function auditLine(entry: DirectoryAudit): AuditLine {
  const { user, app } = entry.initiatedBy;
  return {
    at: entry.activityDateTime,
    who: user?.displayName ?? app?.displayName ?? "unknown",
    what: `${entry.activityDisplayName}: ${entry.result}`,
    changes: entry.targetResources.flatMap(({ modifiedProperties }) =>
      modifiedProperties.map(
        ({ displayName, oldValue, newValue }) => `${displayName}: ${oldValue} → ${newValue}`,
      ),
    ),
  };
}

/** Requests sent alone, and one line for each batch: a scan makes hundreds. */
function requestLines(records: readonly RequestRecord[]): readonly RequestLine[] {
  const items = new Map<string, number>();
  for (const { batch } of records) if (batch !== undefined) items.set(batch, (items.get(batch) ?? 0) + 1);
  return records
    .filter(({ batch }) => batch === undefined)
    .slice(-SHOWN)
    .reverse()
    .map(({ at, caller, method, path, status, requestId }) => ({
      at,
      who:
        caller === undefined
          ? "no valid token"
          : caller.kind === "app"
            ? "the app"
            : caller.person.displayName,
      method,
      path: `${path.replace(/^\/v1\.0/, "")}${items.has(requestId) ? ` (${items.get(requestId)} requests)` : ""}`,
      status: status === undefined ? "no answer" : String(status),
      failed: status === undefined || status >= 400,
    }));
}

const nameOf = (tenant: SimulatedTenant, id: string | undefined): string =>
  (id === undefined ? undefined : tenant.users.get(id)?.displayName) ?? "somebody";
