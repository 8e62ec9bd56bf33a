import { expect, it } from "vitest";
import type { Grant } from "../../simulators/entra/entra-faults.js";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import { Fault, type Refusal } from "../../src/core/errors.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { refusalText } from "../../src/teams/words/refusal-text.js";
import { NEXT_STEP } from "../teams/words/every-reason.js";
import { CoreOnGraph } from "./core-on-graph.js";
import { howMany, PATIENCE_MS } from "./how-many.js";
import { mutatedJson } from "./mutated-json.js";
import { TOKEN } from "./secrets-in.js";
import { seedOfRun } from "./seed-of-run.js";

const MUTATED = [0.3, 0.7, 1] as const;
const STATUSES = [200, 201, 204, 400, 401, 403, 404, 429, 500, 503] as const;
/** Decided, or still there to be decided; Graph refuses one that was sent with what is no token of the approver's. */
const ENDS = ["applied", "cancelled", "refused"];
/** As long as a write may be on its way, and longer. */
const A_WHILE_MS = 120_000;

/** Everything that Entra's token endpoint answers; or only what it answers to a code, which every story brings then. */
const ANSWERS: readonly (readonly [string, number, readonly Grant[]])[] = [
  [
    "Entra's token endpoint",
    howMany(200, 1_000),
    ["client_credentials", "on_behalf_of", "authorization_code"],
  ],
  ["Entra's token endpoint to a browser's code", howMany(60, 1_000), ["authorization_code"]],
];

it.each(ANSWERS)(
  "mutated answers of %s (%i): nothing is written without an approval, no plan is stuck, no token is told",
  async (_, count, grants) => {
    const seed = seedOfRun();
    const core = await CoreOnGraph.open();
    try {
      const run = new Run(core, new SeededRandom(seed), grants);
      await core.scan();
      while (run.mutated < count) await run.story();
      const figures = [...run.ends].map(([end, times]) => `${end} ${times}`).join(", ");
      console.log(
        `mutated answers of Entra: ${run.struck.client_credentials} to the app, ${run.struck.on_behalf_of} on behalf of a person, ` +
          `${run.struck.authorization_code} for a code, in ${run.stories} stories, seed ${seed}; ` +
          `${core.graph.patches().length} writes; plans ended ${figures}; ${run.faults} faults said in words.`,
      );
      expect(Math.min(...grants.map((grant) => run.struck[grant]))).toBeGreaterThan(count / 20 - 1);
      expect(run.unexpectedWrites()).toEqual([]);
      expect(run.mistakes.slice(0, 5)).toEqual([]);
      expect([...run.ends.keys()].filter((end) => !ENDS.includes(end))).toEqual([]);
      expect(
        [...run.refusals].filter((text) => !NEXT_STEP.test(text) || /undefined|\[object/.test(text)),
      ).toEqual([]);
      expect([...run.said].filter((text) => text.match(TOKEN) !== null)).toEqual([]);
      const issued = [...core.signIn.entra.issued];
      expect([...run.said].filter((text) => issued.some((secret) => text.includes(secret)))).toEqual([]);
      expect([...run.said].filter((text) => text.includes(core.signIn.tenant.clientSecret))).toEqual([]);
    } finally {
      await core.close();
    }
  },
  PATIENCE_MS,
);

const WORDS = {
  tenantId: "tenant",
  clientId: "client",
  authorityHost: "https://login.example",
  adminCenterUrl: "https://entra.example",
  namesShown: false,
};
const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === "object" && answer !== null && "kind" in answer && answer.kind === "refusal";

class Run {
  /** Of the app's own sign-ins, and of those in the name of a person: by Teams' token, and by a browser's code. */
  readonly struck: Record<Grant, number> = {
    client_credentials: 0,
    on_behalf_of: 0,
    authorization_code: 0,
    device_code: 0,
  };
  stories = 0;
  faults = 0;
  /** Errors that are no fault of anything outside. */
  readonly mistakes: string[] = [];
  /** How plans ended. */
  readonly ends = new Map<string, number>();
  /** What was said, logged or recorded. */
  readonly said = new Set<string>();
  /** The words for every "no". */
  readonly refusals = new Set<string>();
  readonly #core: CoreOnGraph;
  readonly #random: SeededRandom;
  readonly #grants: readonly Grant[];
  readonly #untouched;

  constructor(core: CoreOnGraph, random: SeededRandom, grants: readonly Grant[]) {
    this.#core = core;
    this.#random = random;
    this.#grants = grants;
    this.#untouched = structuredClone(core.signIn.tenant.policy);
  }

  get mutated(): number {
    return Object.values(this.struck).reduce((sum, count) => sum + count, 0);
  }

  /** A plan and its approval while what Entra answers is mutated; then it answers as it should, and the plan goes on. */
  async story(): Promise<void> {
    const { signIn } = this.#core;
    this.stories++;
    signIn.tenant.policy = structuredClone(this.#untouched);
    this.#mutate();
    await this.#tried(() => this.#core.propose("enable"));
    signIn.entra.faults.rewrite = undefined;
    this.#core.forgetTokens();
    const plan = await this.#plan();
    this.#mutate();
    const inBrowser = !this.#grants.includes("on_behalf_of") || this.#random.chance(0.5);
    await this.#tried(() => (inBrowser ? this.#core.approveInBrowser(plan) : this.#core.approve(plan)));
    await this.#tried(() => this.#core.settle());
    signIn.entra.faults.rewrite = undefined;
    this.#core.forgetTokens();
    await this.#ended(plan);
  }

  /** Writes for which no person's approval is recorded. */
  unexpectedWrites(): readonly string[] {
    const { records } = this.#core.world.store;
    return this.#core.graph.patches().flatMap(({ clientRequestId }) => {
      const intent = records.find(
        ({ event, detail }) => event === "write-intended" && detail.clientRequestId === clientRequestId,
      );
      const approved = records.some(
        ({ event, planNumber, revision }) =>
          event === "plan-approved" && planNumber === intent?.planNumber && revision === intent?.revision,
      );
      return intent !== undefined && approved ? [] : [`${clientRequestId}: no approved plan`];
    });
  }

  #mutate(): void {
    const share = this.#random.pick(MUTATED);
    this.#core.forgetTokens();
    this.#core.signIn.entra.faults.rewrite = (text, grant) => {
      if (!this.#grants.includes(grant) || !this.#random.chance(share)) return { text };
      this.struck[grant]++;
      const mutated = { text: this.#mutated(text, grant) };
      return this.#random.chance(0.2) ? { ...mutated, status: this.#random.pick(STATUSES) } : mutated;
    };
  }

  /** Something wrong with the answer; of one for a code as often with what is in a token of it. */
  #mutated(text: string, grant: Grant): string {
    const answer = JSON.parse(text) as Record<string, unknown>;
    const name = this.#random.pick(["id_token", "access_token"] as const);
    const token = answer[name];
    if (grant !== "authorization_code" || typeof token !== "string" || this.#random.chance(0.5))
      return mutatedJson(this.#random, answer);
    const [head = "", claims = "", signature = ""] = token.split(".");
    const wrong = mutatedJson(this.#random, JSON.parse(Buffer.from(claims, "base64url").toString("utf8")));
    return JSON.stringify({
      ...answer,
      [name]: [head, Buffer.from(wrong).toString("base64url"), signature].join("."),
    });
  }

  /** The plan that was made, or is now: Entra answers as it should. */
  async #plan(): Promise<Plan> {
    const asked = await this.#core.propose("enable");
    const plan = "kind" in asked ? (asked.kind === "same-plan" ? asked.plan : undefined) : asked;
    if (plan === undefined) throw new Error("there is no plan though Entra answers as it should");
    return plan;
  }

  /** It is in force by now, or a second person can decide on it as ever, and it is approved or given up. */
  async #ended(plan: Plan): Promise<void> {
    const { world } = this.#core;
    for (let look = 0; look < 3; look++) {
      world.advance(A_WHILE_MS);
      await this.#core.settle();
    }
    const still = this.#core.stored(plan.number);
    if (still?.state.kind === "waiting" && this.#random.chance(0.5)) await this.#core.approve(still);
    for (const open of world.store.plansByNumber.values())
      if (open.state.kind === "waiting" || open.state.kind === "unknown") await this.#core.cancel(open);
    const end = this.#core.stored(plan.number)?.state.kind ?? "gone";
    this.ends.set(end, (this.ends.get(end) ?? 0) + 1);
    for (const error of world.errors.splice(0)) this.#note(error);
    for (const noted of world.noted.splice(0)) this.said.add(JSON.stringify(noted));
    for (const { detail } of world.store.records.slice(-10)) this.said.add(JSON.stringify(detail));
  }

  async #tried(work: () => Promise<unknown>): Promise<void> {
    try {
      const answer = await work();
      this.said.add(JSON.stringify(answer) ?? "");
      if (isRefusal(answer)) this.refusals.add(refusalText(answer, WORDS));
    } catch (error) {
      if (error instanceof Fault) {
        this.faults++;
        this.said.add(error.message);
      } else this.#note({ error });
    }
  }

  #note(found: Readonly<Record<string, unknown>>): void {
    const { error } = found;
    this.said.add(error instanceof Error ? error.message : JSON.stringify(found));
    if (!(error instanceof Fault))
      this.mistakes.push(error instanceof Error ? `${error.stack}` : JSON.stringify(found));
  }
}
