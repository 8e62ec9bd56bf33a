import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import type { Hold } from "../../simulators/http/hold.js";
import type { WireExchange } from "../../simulators/http/wire-exchange.js";
import { type SampleTenantOptions, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import { testCertificates } from "../setup/test-certificates.js";
import type { TestDatabase } from "../setup/test-databases.js";
import { BotProcess, type Launch } from "./bot-process.js";
import { JudgedTraffic } from "./judged-traffic.js";
import { Teams } from "./teams.js";

/** A tenant, its Entra and Graph, Teams, and the real bot between them: as one process, or as several. */
export interface Stage {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  readonly teams: Teams;
  /** The first of the processes, and the only one unless more were asked for. */
  readonly bot: BotProcess;
  readonly bots: readonly BotProcess[];
  /** What they share; undefined: the one bot has a folder of its own. */
  readonly database: TestDatabase | undefined;
  /** So much time passes for everybody, if the stage was opened with `hasClock`. */
  timePasses(milliseconds: number): Promise<void>;
  /** From now on Teams sends to this one. */
  turnTo(bot: BotProcess): void;
  /** @throws Error when something went over the wire that Graph's metadata does not know */
  close(): Promise<void>;
}

export interface StageOptions {
  /** How many processes of the bot share a PostgreSQL database; left out: one, on SQLite. */
  readonly onPostgres?: number;
  readonly tenant?: SampleTenantOptions;
  /** Whether time can be made to pass for the bot and everything around it. */
  readonly hasClock?: boolean;
  /** Where the program is; left out: as it was built. */
  readonly folder?: string;
  /** How the bot is started; left out: as a process of this machine. */
  readonly launch?: Launch;
  /** The domain below which the services have names; left out: they are on this machine. */
  readonly domain?: string;
  /** Environment of the bot beyond what connects it. */
  readonly env?: NodeJS.ProcessEnv;
  /** In addition, for the second process and those after it. */
  readonly envOfOthers?: NodeJS.ProcessEnv;
  readonly readings?: Parameters<typeof startGraph>[0]["readings"];
  /** What stands between the bot and Graph, given Graph's address: where the bot finds it instead. */
  readonly throughProxy?: (graphUrl: string) => Promise<string>;
  /** Graph and Entra deal with each request when this resolves. */
  readonly hold?: Hold;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const certificates = await testCertificates();
  const tenant = sampleTenant({ people: 40, ...options.tenant });
  const { readings, domain, hold } = options;
  const named = (service: string) => (domain === undefined ? undefined : `${service}.${domain}`);
  const entra = await startEntra({ tenant, certificates, hostname: named("login"), hold });
  const traffic = new JudgedTraffic();
  const ofGraph = {
    hostname: named("graph"),
    hold,
    onExchange: (exchange: WireExchange) => traffic.add(exchange),
    ...(readings ? { readings } : {}),
  };
  const graph = await startGraph({ tenant, entra, certificates, ...ofGraph });
  const hostname = named("teams");
  const teams = await Teams.start(
    entra,
    tenant,
    hostname === undefined ? undefined : { hostname, certificates },
  );
  const database = options.onPostgres === undefined ? undefined : await newDatabase();
  const env = {
    ...botEnvironment(tenant, entra, (await options.throughProxy?.(graph.url)) ?? graph.url),
    ...(database && { DATABASE_URL: database.url }),
    ...options.env,
  };
  const how = {
    ...(options.hasClock && { hasClock: true }),
    ...(options.folder !== undefined && { folder: options.folder }),
    ...(options.launch && { launch: options.launch }),
  };
  const clocks = options.hasClock ? await import("../faults/clock-shift.mjs") : undefined;
  let ahead = 0;
  const first = await BotProcess.start(env, how);
  const others = Array.from({ length: (options.onPostgres ?? 1) - 1 }, () =>
    BotProcess.start({ ...env, ...options.envOfOthers }, how),
  );
  const bots = [first, ...(await Promise.all(others))];
  teams.botUrl = first.url;
  return {
    tenant,
    entra,
    graph,
    teams,
    bot: first,
    bots,
    database,
    async timePasses(milliseconds) {
      ahead += milliseconds;
      // First the simulators: a bot that is ahead of Entra would find its tokens good for longer than they are.
      clocks?.setClockOffset(ahead);
      for (const bot of bots) await bot.timePasses(milliseconds);
    },
    turnTo(bot) {
      teams.botUrl = bot.url;
    },
    async close() {
      clocks?.setClockOffset(0);
      await Promise.all(bots.map((bot) => bot.close()));
      await Promise.all([teams.close(), graph.close(), entra.close(), database?.drop()]);
      traffic.expectNothingWrong();
    },
  };
}

async function newDatabase(): Promise<TestDatabase> {
  const server = await postgresForTests();
  return server.createDatabase();
}

/** What a real installation sets, with the simulators' addresses. */
export function botEnvironment(
  tenant: SimulatedTenant,
  entra: SimulatedEntra,
  graphUrl: string,
): NodeJS.ProcessEnv {
  return {
    CLIENT_ID: tenant.clientId,
    TENANT_ID: tenant.tenantId,
    CLIENT_SECRET: tenant.clientSecret,
    PUBLIC_URL: "https://latchkey.example",
    AUTHORITY_HOST: entra.url,
    GRAPH_URL: graphUrl,
    BOT_OPENID_METADATA_URL: entra.channel.openIdMetadataUrl,
    BOT_TOKEN_ISSUER: entra.channel.issuer,
    // Off: a test needs no network.
    FIDO_METADATA_URL: "",
    // On a Monday it would be one more card in every room.
    DIGEST_AT: "",
    // No proxy has to notice a stop.
    DRAIN_SECONDS: "0",
    LOG_LEVEL: "debug",
  };
}
