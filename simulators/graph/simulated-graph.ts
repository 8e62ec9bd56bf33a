import type { SimulatedEntra } from "../entra/simulated-entra.js";
import type { Certificates } from "../http/certificates.js";
import type { Hold } from "../http/hold.js";
import { startLoopbackServer } from "../http/loopback-server.js";
import type { WireExchange } from "../http/wire-exchange.js";
import type { SimPolicy, SimulatedTenant } from "../tenant/simulated-tenant.js";
import { AuditTrail, type Writer } from "./audit-trail.js";
import { authenticate } from "./authenticate.js";
import { FaultBoard } from "./fault-board.js";
import { answerHttp } from "./graph-listener.js";
import type { GraphService } from "./graph-service.js";
import { Listings } from "./odata/listings.js";
import { type PeopleChanges, peopleChanges } from "./people-changes.js";
import { PolicyStore } from "./policy/policy-store.js";
import { type Readings, USUAL_READINGS } from "./readings.js";
import { isPolicyPatch, type RequestCounts, RequestLog, type RequestRecord } from "./request-log.js";
import { DOCUMENTED_LIMIT, Throttle, type ThrottleLimit } from "./throttle.js";

export interface GraphOptions {
  readonly tenant: SimulatedTenant;
  readonly entra: Pick<SimulatedEntra, "examine">;
  readonly certificates: Certificates;
  /** Any free port when left out. */
  readonly port?: number;
  readonly hostname?: string | undefined;
  readonly readings?: Partial<Readings>;
  /** How long each answer takes: a number, or a new one for each request, by its decoded path. */
  readonly latencyMs?: number | ((path: string) => number);
  /** Each request is dealt with when this resolves. */
  readonly hold?: Hold | undefined;
  /** Off when left out; `documented` is 5 requests in 10 s for reports, passkeys and audits. */
  readonly throttle?: "documented" | ThrottleLimit;
  /** false: requests are counted and not kept, for as many as there may be. */
  readonly keepRequests?: boolean;
  /** Audience a token must have; Graph of the public cloud when left out. */
  readonly audience?: string;
  /** Told of every request, once it is answered or never will be. */
  readonly onExchange?: (exchange: WireExchange) => void;
}

type MutableReadings = { -readonly [Key in keyof Readings]: Readings[Key] };

export interface SimulatedGraph extends PeopleChanges {
  /** `https://localhost:PORT`: the value for GRAPH_URL. */
  readonly url: string;
  /** Every request, items of batches included, in the order they came; empty with `keepRequests: false`. */
  readonly requests: readonly RequestRecord[];
  /** Requests since the start, or since they were counted from zero. */
  readonly counts: RequestCounts;
  resetCounts(): void;
  readonly faults: FaultBoard;
  /** Which way Graph behaves where that is not documented; may be changed at any time. */
  readonly readings: MutableReadings;
  /** Attempts to write the policy, refused ones included. */
  patches(): readonly RequestRecord[];
  /** Somebody edits the policy outside our sight: in the portal, or Microsoft's service itself. Visible at once. */
  portalEdit(by: string | "microsoft", mutate: (policy: SimPolicy) => void): void;
  /** Another limit from now on, or none; what came before does not count. */
  throttle(limit: ThrottleLimit | undefined): void;
  /** Calls the listener after every request and every change. Returns what ends that. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Starts a simulated Microsoft Graph (v1.0) over the tenant. */
export async function startGraph(options: GraphOptions): Promise<SimulatedGraph> {
  const { tenant, entra, certificates, port, hostname, latencyMs = 0 } = options;
  const readings: MutableReadings = { ...USUAL_READINGS, ...options.readings };
  const audience = options.audience ?? "https://graph.microsoft.com";
  const listeners = new Set<() => void>();
  const log = new RequestLog(options.keepRequests ?? true);
  const service: GraphService = {
    world: {
      tenant,
      readings,
      policies: new PolicyStore(tenant, readings),
      audits: new AuditTrail(tenant, readings),
      listings: new Listings(),
      get root() {
        return `${server.url}/v1.0`;
      },
    },
    faults: new FaultBoard(),
    throttle: new Throttle(options.throttle === "documented" ? DOCUMENTED_LIMIT : options.throttle),
    log,
    changed: () => {
      for (const listener of listeners) listener();
    },
  };
  const server = await startLoopbackServer({
    certificates,
    port,
    hostname,
    answer: (request, response) =>
      answerHttp(
        {
          service,
          authenticate: (authorization) => authenticate(authorization, tenant, entra, audience),
          latencyMs: (path) => (typeof latencyMs === "number" ? latencyMs : latencyMs(path)),
          onExchange: options.onExchange,
          hold: options.hold,
        },
        request,
        response,
      ),
  });
  return {
    url: server.url,
    ...peopleChanges(tenant, service.world.audits, service.changed),
    requests: log.records,
    get counts() {
      return log.counts;
    },
    resetCounts: () => log.resetCounts(),
    faults: service.faults,
    readings,
    patches: () => log.records.filter(isPolicyPatch),
    portalEdit: (by, mutate) => {
      const writer = writerNamed(tenant, by);
      const before = tenant.policy;
      const after = structuredClone(before);
      mutate(after);
      tenant.policy = after;
      service.world.audits.policyUpdated(writer, before, after);
      service.changed();
    },
    throttle: (limit) => service.throttle.use(limit),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => server.close(),
  };
}

function writerNamed(tenant: SimulatedTenant, by: string): Writer {
  if (by === "microsoft") {
    return { kind: "app", appId: "00000003-0000-0000-c000-000000000000", name: "Microsoft Entra ID" };
  }
  const person = tenant.users.get(by);
  if (person === undefined) throw new Error(`the simulated tenant has nobody with id ${by}`);
  return { kind: "person", person, ipAddress: "203.0.113.20" };
}
