import type { Config } from "../config.js";
import { GraphWaits } from "../core/ports/graph-waits.js";
import type { Clock } from "../core/ports.js";
import { appGraph } from "../graph/app-graph.js";
import { browserSignIn } from "../graph/browser-sign-in.js";
import { directory } from "../graph/directory.js";
import type { EntraApp } from "../graph/entra-app.js";
import type { OnAnswer } from "../graph/graph-http.js";
import { passkeySource } from "../graph/passkey-source.js";
import { actAs } from "../graph/policy-writer.js";
import { tenantReader } from "../graph/tenant-reader.js";
import { entraOptions } from "./entra-options.js";

/** Microsoft Graph as the core knows it. */
export function graphPorts({
  config,
  app,
  clock,
  onAnswer,
}: {
  readonly config: Config;
  readonly app: EntraApp;
  readonly clock: Clock;
  readonly onAnswer: OnAnswer;
}) {
  const { graphUrl, graphAudience } = config;
  const graphWaits = new GraphWaits();
  const graph = appGraph({ app, graphUrl, graphAudience, clock, onAnswer, onWait: graphWaits.tell });
  return {
    graphWaits,
    tenant: tenantReader(graph),
    directory: directory(graph),
    passkeys: passkeySource(graph),
    actAs: actAs({ app, graphUrl, graphAudience, onAnswer }),
    browserSignIn: browserSignIn({
      entra: entraOptions(config),
      publicUrl: config.publicUrl,
      graphUrl,
      graphAudience,
      onAnswer,
    }),
  };
}
