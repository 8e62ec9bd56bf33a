import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../config.js";
import { entraOptions } from "../connect/entra-options.js";
import { graphPorts } from "../connect/graph-ports.js";
import { probes } from "../connect/probes.js";
import { setUpOf } from "../connect/set-up-of.js";
import { wayOut } from "../connect/way-out.js";
import { examine } from "../core/check/examine.js";
import type { Finding } from "../core/check/finding.js";
import type { Clock } from "../core/ports.js";
import { entraApp } from "../graph/entra-app.js";
import { findAsker } from "./find-asker.js";
import { ownStore } from "./look-at-own-store.js";

export interface DiagnoseOptions {
  /** The person whose rights are looked at, as typed. */
  readonly as: string | undefined;
  /** This machine's time. */
  readonly now: () => Date;
}

/** Looks at everything this configuration needs, beside a bot or before there is one. Writes nothing. */
export async function diagnose(config: Config, { as, now }: DiagnoseOptions): Promise<readonly Finding[]> {
  const { agentFor } = wayOut(config);
  const app = entraApp({ ...entraOptions(config), agentFor });
  const clock: Clock = {
    now,
    elapsed: () => performance.now(),
    sleep: (milliseconds) => sleep(milliseconds),
    newId: () => randomUUID(),
  };
  const graph = graphPorts({ config, app, clock, onAnswer: () => {} });
  const looks = probes(config, agentFor, ownStore(config, app, now));
  return examine({ ...graph, clock }, looks, setUpOf(config), () => findAsker(graph.directory, as));
}
