import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type AppGraph, appGraph } from "../../src/graph/app-graph.js";
import { type FakeClock, fakeClock } from "./fake-clock.js";
import { type ScriptedGraph, scriptedGraph } from "./scripted-graph.js";
import { GRAPH_AUDIENCE, type SimulatedSignIn, simulatedSignIn } from "./simulated-sign-in.js";

interface ScriptedAppGraph {
  readonly graph: AppGraph;
  readonly scripted: ScriptedGraph;
  readonly clock: FakeClock;
}

/** The app's Graph, as it is in production, in front of a server that says what it is told to say. */
async function scriptedAppGraph({ app }: SimulatedSignIn): Promise<ScriptedAppGraph> {
  const scripted = await scriptedGraph();
  const clock = fakeClock();
  const graph = appGraph({ app, graphUrl: scripted.url, graphAudience: GRAPH_AUDIENCE, clock });
  return { graph, scripted, clock };
}

/** The same anew for each test of a file, with one sign-in for all of them: its members are those of the test that runs. */
export function scriptedAppGraphForEach(): ScriptedAppGraph {
  let signIn: SimulatedSignIn;
  let on: ScriptedAppGraph;
  beforeAll(async () => {
    signIn = await simulatedSignIn();
  });
  afterAll(() => signIn.entra.close());
  beforeEach(async () => {
    on = await scriptedAppGraph(signIn);
  });
  afterEach(() => on.scripted.close());
  return {
    get graph() {
      return on.graph;
    },
    get scripted() {
      return on.scripted;
    },
    get clock() {
      return on.clock;
    },
  };
}
