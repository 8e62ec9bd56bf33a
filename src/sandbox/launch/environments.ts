import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import type { SimulatedGraph } from "../../../simulators/graph/simulated-graph.js";
import { SAMPLE_PEOPLE } from "../../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";

/** Named in links and in Entra as where a browser comes back to; nothing answers there. */
export const SANDBOX_PUBLIC_URL = "https://latchkey.invalid";

export interface BotSurroundings {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  /** PEM file of the authority that simulated Entra and Graph are certified by. */
  readonly caFile: string;
  readonly dataDir: string;
}

/** Another cloud, and a proxy, behind which nothing of the sandbox stands. */
const LEADS_ELSEWHERE = /^(CLOUD|(https?|all|no)_proxy)$/i;

/**
 * The environment of the bot: that of a production bot, with the simulators' addresses. What the person who started
 * the sandbox set for it (`PLAN_TTL_MINUTES`, `LOG_LEVEL`, …) is kept, but for what would lead it elsewhere.
 */
export function botEnvironment(inherited: NodeJS.ProcessEnv, around: BotSurroundings): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(Object.entries(inherited).filter(([name]) => !LEADS_ELSEWHERE.test(name)));
  const { tenant, entra, graph } = around;
  return {
    ...kept,
    NODE_EXTRA_CA_CERTS: around.caFile,
    CLIENT_ID: tenant.clientId,
    TENANT_ID: tenant.tenantId,
    CLIENT_SECRET: tenant.clientSecret,
    // Has to be https. What leads there is led to the bot: by the gateway, and by the page for signing in.
    PUBLIC_URL: SANDBOX_PUBLIC_URL,
    AUTHORITY_HOST: entra.url,
    GRAPH_URL: graph.url,
    BOT_OPENID_METADATA_URL: entra.channel.openIdMetadataUrl,
    BOT_TOKEN_ISSUER: entra.channel.issuer,
    EMERGENCY_ACCOUNTS: [SAMPLE_PEOPLE.emergency1.id, SAMPLE_PEOPLE.emergency2.id].join(","),
    // The sandbox works without a network.
    FIDO_METADATA_URL: "",
    // What comes by itself on one day of seven would not be understood; `digest` shows it.
    DIGEST_AT: "",
    DATA_DIR: around.dataDir,
    // Its log is a file here, and tells us where it listens: nothing less than info.
    LOG_LEVEL: /^(trace|debug)$/.test(inherited.LOG_LEVEL ?? "") ? inherited.LOG_LEVEL : "info",
  };
}

/** What a Playground needs of ours; not more, because it reads a dozen variables that would change what it does. */
const KEPT_FOR_PLAYGROUND = /^(PATH|HOME|USERPROFILE|SYSTEMROOT|TMPDIR|TEMP|TMP|TZ|LANG|LC_\w+)$/i;

export function playgroundEnvironment(inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(inherited).filter(([name]) => KEPT_FOR_PLAYGROUND.test(name)));
}
