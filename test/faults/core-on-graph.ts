import { setTimeout as sleep } from "node:timers/promises";
import { type SimulatedGraph, startGraph } from "../../simulators/graph/simulated-graph.js";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { settleOpenPlans } from "../../src/core/apply/settle-open-plans.js";
import { approvePlan } from "../../src/core/approval/approve-plan.js";
import { cancelPlan } from "../../src/core/approval/decide.js";
import type { Refusal } from "../../src/core/errors.js";
import { AuthorizationCode, type Person, personId, tenantId } from "../../src/core/person.js";
import { answerDeferred } from "../../src/core/plan/answer-deferred.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { proposeChange } from "../../src/core/plan/propose-change.js";
import type { BrowserAnswer } from "../../src/core/ports/acting.js";
import type { Ports } from "../../src/core/ports.js";
import { type ScanEnd, scanner } from "../../src/core/scan/scanner.js";
import { beginSignIn } from "../../src/core/sign-in/begin-sign-in.js";
import { finishSignIn } from "../../src/core/sign-in/finish-sign-in.js";
import { offerSignIn } from "../../src/core/sign-in/offer-sign-in.js";
import { appGraph } from "../../src/graph/app-graph.js";
import { browserSignIn } from "../../src/graph/browser-sign-in.js";
import { directory } from "../../src/graph/directory.js";
import type { EntraApp } from "../../src/graph/entra-app.js";
import { passkeySource } from "../../src/graph/passkey-source.js";
import { actAs } from "../../src/graph/policy-writer.js";
import { tenantReader } from "../../src/graph/tenant-reader.js";
import { FakeWorld, ROOM } from "../core/fake-world.js";
import { pressed } from "../core/pressed-cards.js";
import { GRAPH_AUDIENCE, type SimulatedSignIn, simulatedSignIn } from "../graph/simulated-sign-in.js";
import { testCertificates } from "../setup/test-certificates.js";
import { PlainBrowser } from "../simulators/plain-browser.js";

const asPerson = ({ id, name }: { id: string; name: string }): Person => ({ id: personId(id), name });
const ADA = asPerson(SAMPLE_PEOPLE.ada);
const GRACE = asPerson(SAMPLE_PEOPLE.grace);
const OPTIONS = { restriction: "as-fits", authenticators: ["ios", "android"] } as const;

const PUBLIC_URL = "https://latchkey.example";
const LOOK_EVERY_MS = 5;

/** The core and our Graph, over HTTP to a simulated one, on a store in memory and a clock that nothing waits for. */
export class CoreOnGraph {
  readonly world = new FakeWorld();
  readonly ports: Ports;
  readonly signIn: SimulatedSignIn;
  readonly graph: SimulatedGraph;
  /** As a process that was started anew: the app has to sign in for its next request. */
  readonly forgetTokens: () => void;
  readonly #scanEnd: { told: (end: ScanEnd) => void } = { told: () => {} };

  private constructor(signIn: SimulatedSignIn, graph: SimulatedGraph) {
    this.signIn = signIn;
    this.graph = graph;
    const fresh = () => signIn.appWith({ kind: "secret", secret: signIn.tenant.clientSecret });
    let app = fresh();
    this.forgetTokens = () => {
      app = fresh();
    };
    const renewed: EntraApp = {
      token: (scope) => app.token(scope),
      onBehalfOf: (person, scopes) => app.onBehalfOf(person, scopes),
    };
    const to = { app: renewed, graphUrl: graph.url, graphAudience: GRAPH_AUDIENCE };
    const read = appGraph({ ...to, clock: this.world.ports.clock });
    const outside = {
      ...this.world.ports,
      tenant: tenantReader(read),
      directory: directory(read),
      passkeys: passkeySource(read),
      actAs: actAs(to),
      browserSignIn: browserSignIn({
        entra: {
          tenantId: tenantId(signIn.tenant.tenantId),
          clientId: signIn.tenant.clientId,
          authorityHost: signIn.entra.url,
          credential: { kind: "secret", secret: signIn.tenant.clientSecret },
        },
        publicUrl: PUBLIC_URL,
        graphUrl: to.graphUrl,
        graphAudience: to.graphAudience,
      }),
    };
    const ownScanner = scanner(outside, this.world.rules, async (end) => {
      await answerDeferred(this.ports, this.world.rules, end);
      this.#scanEnd.told(end);
    });
    this.ports = { ...outside, scanner: ownScanner };
  }

  static async open(): Promise<CoreOnGraph> {
    const signIn = await simulatedSignIn();
    const { tenant, entra } = signIn;
    entra.signInRules.redirectUris.add(`${PUBLIC_URL}/sign-in/done`);
    const graph = await startGraph({ tenant, entra, certificates: await testCertificates() });
    return new CoreOnGraph(signIn, graph);
  }

  async close(): Promise<void> {
    await Promise.all([this.graph.close(), this.signIn.entra.close()]);
  }

  /** Reads everybody, and waits for the end of it. One that breaks off goes on, as in a process. */
  async scan(): Promise<ScanEnd> {
    let end: ScanEnd | undefined;
    this.#scanEnd.told = (told) => {
      end = told;
    };
    await this.ports.scanner.ask({ person: ADA, conversation: ROOM, shows: "at-once" }, { full: true });
    while (end === undefined) {
      await sleep(LOOK_EVERY_MS);
      await this.ports.scanner.resume();
    }
    return end;
  }

  propose(kind: "enable" | "disable"): ReturnType<typeof proposeChange> {
    return proposeChange(this.ports, this.world.rules, {
      command: kind === "enable" ? { kind, options: OPTIONS } : { kind },
      typed: `${kind} passkeys`,
      requester: ADA,
      conversation: ROOM,
    });
  }

  async approve(plan: Plan): ReturnType<typeof approvePlan> {
    const assertion = await this.signIn.assertionOf(GRACE.id);
    return approvePlan(this.ports, this.world.rules, pressed(plan, GRACE), assertion);
  }

  /** The same by signing in in a browser, as Grace. */
  async approveInBrowser(plan: Plan): Promise<unknown> {
    const link = await offerSignIn(this.ports, this.world.rules, pressed(plan, GRACE));
    const begun = await beginSignIn(this.ports, this.world.rules, link);
    if (!("browser" in begun)) return begun;
    const window = new PlainBrowser((url) => (url.startsWith(PUBLIC_URL) ? "data:text/plain,back" : url));
    await window.open(begun.address);
    await window.press(GRACE.name);
    const query = new URL(window.page.url).searchParams;
    const answer: BrowserAnswer = { kind: "code", code: new AuthorizationCode(query.get("code") ?? "") };
    const state = query.get("state") ?? "";
    const back = { link, browser: begun.browser, state, answer };
    const finished = await finishSignIn(this.ports, this.world.rules, back);
    return "outcome" in finished ? finished.outcome : finished;
  }

  async cancel(plan: Plan): Promise<Refusal | object> {
    return cancelPlan(this.ports, this.world.rules, pressed(plan, ADA));
  }

  settle(): Promise<void> {
    return settleOpenPlans(this.ports, this.world.rules);
  }

  stored(number: number): Plan | undefined {
    return this.world.store.plansByNumber.get(number);
  }
}
