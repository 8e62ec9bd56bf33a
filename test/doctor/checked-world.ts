import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import { startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { SimulatedTenant } from "../../simulators/tenant/simulated-tenant.js";
import { testCertificates } from "../setup/test-certificates.js";

/** A tenant in which everything is set up, and what stands in front of the bot; each test breaks one thing. */
export interface CheckedWorld {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  /** What stands under the public address, and FIDO's service: how they answer. */
  front: Front;
  /** The bot's environment; a test may change it. */
  readonly env: NodeJS.ProcessEnv;
  /** What this machine takes for the time. */
  now: () => Date;
  /** Who asks. */
  as: string | undefined;
  close(): Promise<void>;
}
export interface Front {
  /** Answers what arrives under the bot's public address. */
  readonly bot: (request: IncomingMessage, response: ServerResponse) => void;
  readonly metadataStatus: number;
}

/** As the bot answers a message that no one signed. */
const turnedAway: Front["bot"] = (request, response) => {
  response.writeHead(request.method === "POST" && request.url === "/api/messages" ? 401 : 404).end();
};

export async function checkedWorld(): Promise<CheckedWorld> {
  const certificates = await testCertificates();
  const tenant = sampleTenant({ people: 5 });
  const entra = await startEntra({ tenant, certificates });
  const graph = await startGraph({ tenant, entra, certificates });
  const folder = await mkdtemp(join(tmpdir(), "latchkey-doctor-"));
  const server = await startLoopbackServer({
    certificates,
    async answer(request, response) {
      if (request.url === "/metadata") response.writeHead(world.front.metadataStatus).end("a.b.c");
      else world.front.bot(request, response);
    },
  });
  for (const path of ["/sign-in", "/sign-in/done"]) entra.signInRules.redirectUris.add(server.url + path);
  const world: CheckedWorld = {
    tenant,
    entra,
    graph,
    front: { bot: turnedAway, metadataStatus: 200 },
    env: {
      CLIENT_ID: tenant.clientId,
      TENANT_ID: tenant.tenantId,
      CLIENT_SECRET: tenant.clientSecret,
      CLIENT_SECRET_EXPIRES: "2099-01-01",
      PUBLIC_URL: server.url,
      AUTHORITY_HOST: entra.url,
      GRAPH_URL: graph.url,
      BOT_OPENID_METADATA_URL: entra.channel.openIdMetadataUrl,
      BOT_TOKEN_ISSUER: entra.channel.issuer,
      FIDO_METADATA_URL: `${server.url}/metadata`,
      EMERGENCY_ACCOUNTS: SAMPLE_PEOPLE.emergency1.id,
      DATA_DIR: join(folder, "data"),
    },
    now: () => new Date(),
    as: SAMPLE_PEOPLE.grace.id,
    async close() {
      await Promise.all([server.close(), graph.close(), entra.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return world;
}
