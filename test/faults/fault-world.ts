import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import { type SampleTenantOptions, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { botEnvironment } from "../flow/stage.js";
import { Teams } from "../flow/teams.js";
import { testCertificates } from "../setup/test-certificates.js";
import { setClockOffset } from "./clock-shift.mjs";
import { type EffectiveWrites, watchWrites } from "./effective-writes.js";
import { FaultBot, type Launch } from "./fault-bot.js";
import type { FaultDatabase } from "./fault-database.js";
import { judge, type Verdict } from "./judge.js";

export interface WorldOptions {
  readonly database: FaultDatabase;
  readonly tenant?: SampleTenantOptions;
  /** How many processes of the bot serve the tenant; 1 when left out. */
  readonly replicas?: number;
  readonly approvalsRequired?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly launch?: Launch;
}

/** A tenant with everything around it, the bots that serve it, and somebody who watches all of it from outside. */
export class FaultWorld {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  readonly teams: Teams;
  readonly database: FaultDatabase;
  readonly writes: EffectiveWrites;
  readonly bots: readonly FaultBot[];
  readonly approvalsRequired: number;
  /** What the bots are configured with. */
  readonly env: NodeJS.ProcessEnv;
  /** Called when a request has reached Graph and nothing was done about it yet. @returns how long it takes, in milliseconds */
  onGraphRequest: () => number = () => 5;
  /** How far the clocks of tests, simulators and bots are ahead of the true time. */
  #ahead = 0;

  private constructor(
    parts: Pick<
      FaultWorld,
      "tenant" | "entra" | "graph" | "teams" | "database" | "bots" | "approvalsRequired" | "env"
    >,
    graphDelay: { ask: () => number },
  ) {
    this.tenant = parts.tenant;
    this.entra = parts.entra;
    this.graph = parts.graph;
    this.teams = parts.teams;
    this.database = parts.database;
    this.bots = parts.bots;
    this.approvalsRequired = parts.approvalsRequired;
    this.env = parts.env;
    this.writes = watchWrites(parts.tenant, parts.graph);
    graphDelay.ask = () => this.onGraphRequest();
  }

  static async open(options: WorldOptions): Promise<FaultWorld> {
    const { database, approvalsRequired = 1 } = options;
    const certificates = await testCertificates();
    const tenant = sampleTenant({ people: 20, ...options.tenant });
    const entra = await startEntra({ tenant, certificates });
    const graphDelay = { ask: () => 5 };
    const graph = await startGraph({ tenant, entra, certificates, latencyMs: () => graphDelay.ask() });
    const teams = await Teams.start(entra, tenant);
    const env = {
      ...botEnvironment(tenant, entra, graph.url),
      APPROVALS_REQUIRED: String(approvalsRequired),
      DRIFT_CHECK_MINUTES: "0",
      // Days pass in some of these stories: it would be in the requests that they count.
      SCAN_EVERY_HOURS: "0",
      LOG_LEVEL: "info",
      ...database.env,
      ...options.env,
    };
    const bots: FaultBot[] = [];
    const parts = { tenant, entra, graph, teams, database, bots, approvalsRequired, env };
    const world = new FaultWorld(parts, graphDelay);
    try {
      for (let count = 0; count < (options.replicas ?? 1); count++) {
        bots.push(await FaultBot.start(env, options.launch));
      }
    } catch (error) {
      await world.close();
      throw error;
    }
    teams.botUrl = world.bot.url;
    return world;
  }

  /** The only bot, or the first. */
  get bot(): FaultBot {
    const [bot] = this.bots;
    if (bot === undefined) throw new Error("the world has no bot");
    return bot;
  }

  /** So much time passes for everybody; only what waits on a timer does not notice. */
  async timePasses(milliseconds: number): Promise<void> {
    this.#ahead += milliseconds;
    setClockOffset(this.#ahead);
    for (const bot of this.bots) await bot.timePasses(milliseconds);
  }

  /** From now on the bots' time of day is wrong by so much; 0: right again. */
  async setClocksWrong(milliseconds: number): Promise<void> {
    for (const bot of this.bots) await bot.setClock(this.#ahead + milliseconds);
  }

  /** How much was asked of everybody outside the bot so far. */
  get requests(): number {
    return this.graph.requests.length + this.entra.tokenRequests.length + this.teams.received.length;
  }

  async judge(clockOff = 0): Promise<Verdict> {
    return judge({
      stored: await this.database.read(),
      patches: this.graph.patches(),
      effective: this.writes.patches,
      approvalsRequired: this.approvalsRequired,
      clockOff,
    });
  }

  async close(): Promise<void> {
    setClockOffset(0);
    for (const bot of this.bots) await bot.kill();
    await Promise.all([this.teams.close(), this.graph.close(), this.entra.close()]);
    await this.database.close();
  }
}
