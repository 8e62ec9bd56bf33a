import { type SimulatedEntra, startEntra } from "../../src/sandbox/entra/simulated-entra.js";
import { type SimulatedGraph, startGraph } from "../../src/sandbox/graph/simulated-graph.js";
import { type SampleTenantOptions, sampleTenant } from "../../src/sandbox/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../src/sandbox/tenant/simulated-tenant.js";
import { testCertificates } from "../setup/test-certificates.js";
import { BotProcess } from "./bot-process.js";
import { Teams } from "./teams.js";

/** A tenant, its Entra and Graph, Teams, and the real bot between them. */
export interface Stage {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  readonly teams: Teams;
  readonly bot: BotProcess;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly tenant?: SampleTenantOptions;
  /** Environment of the bot beyond what connects it. */
  readonly env?: NodeJS.ProcessEnv;
  readonly readings?: Parameters<typeof startGraph>[0]["readings"];
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const certificates = await testCertificates();
  const tenant = sampleTenant({ people: 40, ...options.tenant });
  const entra = await startEntra({ tenant, certificates });
  const { readings } = options;
  const graph = await startGraph({ tenant, entra, certificates, ...(readings ? { readings } : {}) });
  const teams = new Teams(entra, tenant);
  await teams.start();
  const bot = await BotProcess.start({ ...botEnvironment(tenant, entra, graph.url), ...options.env });
  teams.botUrl = bot.url;
  return {
    tenant,
    entra,
    graph,
    teams,
    bot,
    async close() {
      await bot.close();
      await Promise.all([teams.close(), graph.close(), entra.close()]);
    },
  };
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
    LOG_LEVEL: "debug",
  };
}
