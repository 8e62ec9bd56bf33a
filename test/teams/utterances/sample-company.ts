import { type SimulatedGraph, startGraph } from "../../../simulators/graph/simulated-graph.js";
import { COMMON_MODELS } from "../../../simulators/tenant/big-models.js";
import { type SamplePolicyName, samplePolicy } from "../../../simulators/tenant/sample-policies.js";
import { catalogue } from "../../../src/catalogue/catalogue.js";
import type { FidoMetadata } from "../../../src/catalogue/fido-metadata.js";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import { personId } from "../../../src/core/person.js";
import { UNKNOWN_MODEL } from "../../../src/core/policy/model.js";
import { toAaguid } from "../../../src/core/policy/policy.js";
import type { Ports } from "../../../src/core/ports.js";
import { appGraph } from "../../../src/graph/app-graph.js";
import { directory } from "../../../src/graph/directory.js";
import { passkeySource } from "../../../src/graph/passkey-source.js";
import { actAs } from "../../../src/graph/policy-writer.js";
import { tenantReader } from "../../../src/graph/tenant-reader.js";
import { pressed } from "../../core/pressed-cards.js";
import { fakeClock } from "../../graph/fake-clock.js";
import {
  GRAPH_AUDIENCE,
  SAMPLE_PEOPLE,
  type SimulatedSignIn,
  simulatedSignIn,
} from "../../graph/simulated-sign-in.js";
import { testCertificates } from "../../setup/test-certificates.js";
import { Conversation } from "./conversation.js";
import { remembered } from "./remembered.js";
import type { Utterance } from "./utterance.js";

/** How far the rollout is, as the utterances have it: what Ada asked for before, and whether Grace approved it. */
const BEFORE: Readonly<Record<Utterance["tenant"], "nothing" | "asked" | "approved">> = {
  "paused-pilot": "approved",
  "legacy-allow": "approved",
  profiles: "asked",
  "profiles-full": "nothing",
  "never-enabled": "nothing",
};

/** What the FIDO Alliance would say of the keys, by the names that they have here. */
function fidoMetadata(): FidoMetadata {
  const { modelName } = catalogue();
  const keys = COMMON_MODELS.flatMap(([{ aaguid: id, type, attested }]) => {
    const aaguid = toAaguid(id);
    // What is on no list of models has no name, and FIDO knows of none.
    if (aaguid === undefined || type !== "deviceBound" || !attested) return [];
    const name = modelName(aaguid);
    return name === UNKNOWN_MODEL ? [] : [[aaguid, { name, kind: "security-key", warnings: [] }] as const];
  });
  return { number: 1, nextUpdate: "2099-12-31", models: new Map(keys), firmware: new Map() };
}

/** The sample tenant behind the real adapters of `src/graph`, in each state that utterances are said in. */
export class SampleCompany {
  readonly #signIn: SimulatedSignIn;
  readonly #graph: SimulatedGraph;
  readonly #metadata = fidoMetadata();

  private constructor(signIn: SimulatedSignIn, graph: SimulatedGraph) {
    this.#signIn = signIn;
    this.#graph = graph;
  }

  static async open(): Promise<SampleCompany> {
    const signIn = await simulatedSignIn();
    const { tenant, entra } = signIn;
    return new SampleCompany(
      signIn,
      await startGraph({ tenant, entra, certificates: await testCertificates() }),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#graph.close(), this.#signIn.entra.close()]);
  }

  /** A conversation that has come as far as the utterances of this tenant suppose. */
  async conversationIn(name: Utterance["tenant"] & SamplePolicyName): Promise<Conversation> {
    const { tenant, assertionOf } = this.#signIn;
    tenant.policy = samplePolicy(name);
    tenant.audits.length = 0;
    const first = new Conversation(tenant, this.#ports());
    await first.scan();
    if (BEFORE[name] === "nothing") return first.goOn(this.#ports());
    await first.hear({ said: "enable passkeys", where: "personal", who: "asker", mention: true });
    const plan = first.plan(1);
    if (BEFORE[name] === "asked") return first.goOn(this.#ports());
    const grace = { ...SAMPLE_PEOPLE.grace, id: personId(SAMPLE_PEOPLE.grace.id) };
    const click = pressed(plan, grace);
    // What was read before the write is not remembered behind it.
    const writing = first.goOn(this.#ports({ fresh: true }));
    const decided = await approvePlan(writing.ports, writing.rules, click, await assertionOf(grace.id));
    if (!("state" in decided) && !("plan" in decided)) throw new Error(JSON.stringify(decided));
    await writing.quiet();
    return writing.goOn(this.#ports());
  }

  #ports({ fresh = false } = {}): Pick<Ports, "tenant" | "directory" | "passkeys" | "actAs" | "catalogue"> {
    const at = { app: this.#signIn.app, graphUrl: this.#graph.url, graphAudience: GRAPH_AUDIENCE };
    const graph = appGraph({ ...at, clock: fakeClock() });
    const tenant = tenantReader(graph);
    return {
      tenant: fresh ? tenant : remembered(tenant),
      directory: remembered(directory(graph)),
      passkeys: remembered(passkeySource(graph)),
      actAs: actAs(at),
      catalogue: catalogue({ current: () => this.#metadata }),
    };
  }
}
