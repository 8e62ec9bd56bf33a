import { setTimeout as sleep } from "node:timers/promises";
import { type SimulatedEntra, startEntra } from "../simulators/entra/simulated-entra.js";
import type { Readings } from "../simulators/graph/readings.js";
import { type SimulatedGraph, startGraph } from "../simulators/graph/simulated-graph.js";
import type { ThrottleLimit } from "../simulators/graph/throttle.js";
import { type Certificates, makeCertificates } from "../simulators/http/certificates.js";
import { bigTenant, readableKeyholders } from "../simulators/tenant/big-tenant.js";
import { ROLE } from "../simulators/tenant/directory-roles.js";
import { MODEL } from "../simulators/tenant/sample-authenticators.js";
import { samplePasskey } from "../simulators/tenant/sample-passkeys.js";
import { SeededRandom } from "../simulators/tenant/seeded-random.js";
import type { SimulatedTenant } from "../simulators/tenant/simulated-tenant.js";
import { type Latency, LatencyDraws } from "./latency-draws.js";
import { LeastTime } from "./scan/least-time.js";

export interface DirectoryOptions {
  readonly people: number;
  /** Which part of the people has passkeys; a fifth when left out. */
  readonly withPasskeys?: number;
  readonly seed?: number;
  /** None when left out. */
  readonly latency?: Latency;
  /** Entra's answers come after times drawn in the same way; at once when left out. */
  readonly entraTakesAsLong?: boolean;
  /** Off when left out. */
  readonly throttle?: ThrottleLimit;
  readonly readings?: Partial<Readings>;
  /** A name that the report gives to everybody with a passkey, besides the names of their passkeys. None when left out. */
  readonly alsoReportedAs?: string;
  /** How many people beside the named ones hold a role that lets them talk to the bot; none when left out. */
  readonly readers?: number;
  /** Made anew when left out. */
  readonly certificates?: Certificates;
}

/** What a bench may ask of the directory while it runs. */
export type DirectoryCommand =
  | { readonly do: "counts" }
  /** Counts from zero again. */
  | { readonly do: "reset" }
  /** What a complete scan has to find. */
  | { readonly do: "truth" }
  /** Those who hold a role because of `readers`. */
  | { readonly do: "readers" }
  /** The policy as it was at the start; nobody wrote it, as far as the audit log goes. */
  | { readonly do: "restore-policy" }
  /** So many people with passkeys get one more, or lose one. */
  | { readonly do: "change"; readonly people: number }
  /** Without both figures: no limit. */
  | { readonly do: "throttle"; readonly requests?: number | null; readonly perSeconds?: number | null }
  | ({ readonly do: "latency" } & Latency)
  /** Of what was drawn since it was last asked for: the least time that a scan could have taken. */
  | { readonly do: "least-time" }
  /** This share of the people with passkeys is refused (429) the next time each of them is asked about; 0: none any more. */
  | { readonly do: "refuse"; readonly share: number; readonly retryAfterSeconds: number };

export interface SimulatedDirectory {
  readonly tenant: SimulatedTenant;
  readonly graph: SimulatedGraph;
  readonly entra: Pick<SimulatedEntra, "channel" | "issueChannelToken" | "issueSsoToken">;
  readonly entraUrl: string;
  readonly caPem: string;
  /** Does it; what it returns fits on a line of JSON. */
  answer(command: DirectoryCommand): Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Entra and Graph over a big tenant, to be measured against. */
export async function startDirectory(options: DirectoryOptions): Promise<SimulatedDirectory> {
  const { people, withPasskeys = 0.2, seed = 1, latency, throttle, readings = {} } = options;
  const tenant = bigTenant({ people, withPasskeys, seed });
  const readers = letRead(tenant, options.readers ?? 0);
  const untouched = structuredClone(tenant.policy);
  if (options.alsoReportedAs !== undefined) reportAlsoAs(tenant, options.alsoReportedAs);
  const certificates = options.certificates ?? (await makeCertificates());
  const latencies = new LatencyDraws(latency, seed);
  const leastTime = new LeastTime();
  const entra = await startEntra({
    tenant,
    certificates,
    ...(options.entraTakesAsLong ? { hold: () => sleep(latencies.next()) } : {}),
  });
  const graph = await startGraph({
    tenant,
    entra,
    certificates,
    readings,
    keepRequests: false,
    latencyMs: (path) => leastTime.drawn(path, latencies.next()),
    ...(throttle === undefined ? {} : { throttle }),
  });
  const chance = new SeededRandom(seed + 1);
  return {
    tenant,
    graph,
    entra,
    entraUrl: entra.url,
    caPem: certificates.caPem,
    answer: (command) => {
      switch (command.do) {
        case "counts":
          return { ...graph.counts };
        case "reset":
          graph.resetCounts();
          return { done: true };
        case "truth":
          return truthOf(tenant);
        case "readers":
          return { readers };
        case "restore-policy":
          tenant.policy = structuredClone(untouched);
          return { done: true };
        case "change":
          return { changed: changePasskeys(tenant, graph, chance, command.people) };
        case "throttle":
          graph.throttle(limitOf(command));
          return { done: true };
        case "latency":
          latencies.use({ medianMs: command.medianMs, spread: command.spread });
          return { done: true };
        case "least-time":
          return { ...leastTime.take() };
        case "refuse":
          return { refused: refuseOnce(tenant, graph, new SeededRandom(seed + 2), command) };
        default:
          return { error: `unknown command ${JSON.stringify(command)}` };
      }
    },
    close: async () => {
      await graph.close();
      await entra.close();
    },
  };
}

/** Makes so many of the people without a role Global Readers. */
function letRead(tenant: SimulatedTenant, count: number): readonly { id: string; name: string }[] {
  const candidates = [...tenant.users.values()].filter(
    (user) => user.accountEnabled && !user.deleted && user.userType === "member" && user.roles.length === 0,
  );
  const chosen = candidates.slice(candidates.length - count);
  for (const user of chosen) user.roles = [ROLE.globalReader];
  return chosen.map(({ id, displayName }) => ({ id, name: displayName }));
}

function reportAlsoAs(tenant: SimulatedTenant, method: string): void {
  for (const user of tenant.users.values()) {
    if (user.passkeys.length > 0) user.otherMethods = [...user.otherMethods, method];
  }
}

function limitOf({ requests, perSeconds }: DirectoryCommand & { do: "throttle" }): ThrottleLimit | undefined {
  return requests == null || perSeconds == null ? undefined : { requests, perSeconds };
}

function truthOf(tenant: SimulatedTenant) {
  const keyholders = readableKeyholders(tenant);
  const models = new Set(
    keyholders.flatMap((user) => user.passkeys.map(({ aaGuid }) => aaGuid.toLowerCase())),
  );
  return { models: [...models].sort(), keyholders: keyholders.length };
}

/** The same people each time. Returns how many they are. */
function refuseOnce(
  tenant: SimulatedTenant,
  graph: SimulatedGraph,
  chance: SeededRandom,
  { share, retryAfterSeconds }: DirectoryCommand & { do: "refuse" },
): number {
  graph.faults.clear();
  const struck = readableKeyholders(tenant).filter(() => chance.chance(share));
  const fault = { status: 429, retryAfter: retryAfterSeconds, inBatch: true };
  graph.faults.nextPasskeysOf(
    struck.map(({ id }) => id),
    fault,
  );
  return struck.length;
}

/** Every other one of them gets a passkey, the rest lose one. Returns how many there were. */
function changePasskeys(
  tenant: SimulatedTenant,
  graph: SimulatedGraph,
  chance: SeededRandom,
  count: number,
): number {
  const keyholders = readableKeyholders(tenant);
  const chosen = Math.min(count, keyholders.length);
  for (let nth = 0; nth < chosen; nth += 1) {
    const [user] = keyholders.splice(chance.below(keyholders.length), 1);
    const lost = user?.passkeys[0];
    if (user === undefined || lost === undefined) continue;
    if (nth % 2 === 1) graph.deletePasskey(user.id, lost.id);
    else
      graph.registerPasskey(
        user.id,
        samplePasskey(MODEL.titan, { seed: `new ${chance.next()}`, daysAgo: 0 }),
      );
  }
  return chosen;
}
