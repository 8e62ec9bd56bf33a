import type { MetadataSource } from "../catalogue/metadata-source.js";
import type { Config } from "../config.js";
import { entraOptions } from "../connect/entra-options.js";
import { graphPorts } from "../connect/graph-ports.js";
import { probes } from "../connect/probes.js";
import { setUpOf } from "../connect/set-up-of.js";
import { examine } from "../core/check/examine.js";
import type { Checkup, StoreLook } from "../core/ports/probes.js";
import type { Clock, Rules } from "../core/ports.js";
import { entraApp } from "../graph/entra-app.js";
import type { OnAnswer } from "../graph/graph-http.js";
import type { AgentFor } from "../outbound/outbound.js";
import type { Store } from "../storage/open-store.js";

interface Running {
  readonly clock: Clock;
  readonly onAnswer: OnAnswer;
  /** Those in force at the moment they are read. */
  readonly rules: Rules;
  readonly store: Pick<Store, "isReady" | "audit" | "scans" | "ownScans">;
  readonly metadata: Pick<MetadataSource, "standing">;
}

/** The same check as `npm run doctor`, by the process that runs and what it has open. */
export function checkupOf(
  config: Config,
  agentFor: AgentFor | undefined,
  { clock, onAnswer, rules, store, metadata }: Running,
): Checkup {
  const looks = probes(config, agentFor, {
    store: () => lookAt(store, rules, config.database === undefined ? "The folder" : "The database"),
    metadata: async () => {
      const { inUse } = metadata.standing();
      return {
        inUse: inUse && { fetchedAt: inUse.fetchedAt, isOverdue: inUse.overdue },
      };
    },
  });
  return {
    async examine(asker) {
      // With a token of its own: one that is kept carries what was granted when it was fetched.
      const app = entraApp({ ...entraOptions(config), agentFor });
      const ports = { ...graphPorts({ config, app, clock, onAnswer }), clock };
      return examine(ports, looks, { ...setUpOf(config), rules }, async () => asker);
    },
  };
}

async function lookAt(
  { isReady, audit, scans, ownScans }: Running["store"],
  { tenantId }: Rules,
  what: string,
): Promise<StoreLook> {
  if (!(await isReady())) return { kind: "unusable", what, why: "it does not answer" };
  const { sequence: records } = await audit.head(tenantId);
  const looked = { latest: await scans.latest(tenantId), pause: await ownScans.pause(tenantId) };
  return { kind: "in-use", what, records, scans: looked };
}
