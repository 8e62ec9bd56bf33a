import { type AppGraph, appGraph } from "../../src/graph/app-graph.js";
import { type FakeClock, fakeClock } from "./fake-clock.js";
import { type ScriptedGraph, scriptedGraph } from "./scripted-graph.js";
import { GRAPH_AUDIENCE, type SimulatedSignIn } from "./simulated-sign-in.js";

export interface ScriptedAppGraph {
  readonly graph: AppGraph;
  readonly scripted: ScriptedGraph;
  readonly clock: FakeClock;
}

/** The app's Graph, as it is in production, in front of a server that says what it is told to say. */
export async function scriptedAppGraph({ app }: SimulatedSignIn): Promise<ScriptedAppGraph> {
  const scripted = await scriptedGraph();
  const clock = fakeClock();
  const graph = appGraph({ app, graphUrl: scripted.url, graphAudience: GRAPH_AUDIENCE, clock });
  return { graph, scripted, clock };
}
