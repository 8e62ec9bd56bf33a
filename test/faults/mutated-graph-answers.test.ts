import { expect, it } from "vitest";
import { SeededRandom } from "../../simulators/tenant/seeded-random.js";
import { Fault } from "../../src/core/errors.js";
import { canonicalJson } from "../../src/core/json.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { patchBody } from "../../src/core/policy/patch-body.js";
import { CoreOnGraph } from "./core-on-graph.js";
import { howMany, PATIENCE_MS } from "./how-many.js";
import { mutatedJson } from "./mutated-json.js";
import { TOKEN } from "./secrets-in.js";
import { seedOfRun } from "./seed-of-run.js";

const COUNT = howMany(1_000, 5_000);
/** Most of a story's answers are as they are, or no story would come far. */
const MUTATED = [0.03, 0.1, 0.3, 1] as const;
const TYPES = ["application/json", "application/json", "text/html", "text/plain;charset=latin1", ""] as const;
const STATUSES = [200, 201, 202, 204, 206, 400, 403, 404, 409, 418, 429, 500, 502, 503] as const;
const ENDS = ["applied", "refused", "rejected", "cancelled", "expired", "superseded"];
/** As long as a write may be on its way, and longer. */
const A_WHILE_MS = 120_000;

it(
  `${COUNT} mutated answers of Graph: nothing is written but what a card showed and a person approved`,
  async () => {
    const seed = seedOfRun();
    const core = await CoreOnGraph.open();
    try {
      const run = new Run(core, new SeededRandom(seed));
      for (let story = 0; run.mutated < COUNT; story++) await run.story(story);
      const unexpected = run.unexpectedWrites();
      console.log(
        `mutated Graph answers: ${run.mutated} in ${run.stories} stories, seed ${seed}; ${core.graph.patches().length} ` +
          `writes, ${unexpected.length} unexpected; plans ended ${run.figures()}; ${run.faults} faults said in words.`,
      );
      expect(unexpected).toEqual([]);
      expect(run.mistakes.slice(0, 5)).toEqual([]);
      expect([...run.ends.keys()].filter((end) => !ENDS.includes(end))).toEqual([]);
      expect([...run.said].filter((text) => text.match(TOKEN) !== null)).toEqual([]);
    } finally {
      await core.close();
    }
  },
  PATIENCE_MS,
);

class Run {
  mutated = 0;
  stories = 0;
  faults = 0;
  /** Errors that are no fault of anything outside. */
  readonly mistakes: string[] = [];
  /** How plans ended. */
  readonly ends = new Map<string, number>();
  /** What was said, logged or announced about failures. */
  readonly said = new Set<string>();
  readonly #core: CoreOnGraph;
  readonly #random: SeededRandom;
  readonly #untouched;

  constructor(core: CoreOnGraph, random: SeededRandom) {
    this.#core = core;
    this.#random = random;
    this.#untouched = structuredClone(core.signIn.tenant.policy);
  }

  /** A scan, a plan, its approval and what becomes of it, while answers come mutated; then the truth is told. */
  async story(story: number): Promise<void> {
    const { graph, signIn } = this.#core;
    this.stories++;
    signIn.tenant.policy = structuredClone(this.#untouched);
    if (story % 25 === 0) await this.#core.scan();
    graph.faults.next({
      times: Number.POSITIVE_INFINITY,
      rewrite: this.#rewriting(this.#random.pick(MUTATED)),
    });
    if (story % 5 === 0) await this.#tried(() => this.#core.scan());
    let plan = await this.#proposed();
    if (plan === undefined) {
      graph.faults.clear();
      // The last scan may have come to nothing.
      await this.#core.scan();
      plan = await this.#proposed();
      graph.faults.next({
        times: Number.POSITIVE_INFINITY,
        rewrite: this.#rewriting(this.#random.pick(MUTATED)),
      });
    }
    if (plan === undefined) throw new Error("there is no plan though Graph answers as it should");
    await this.#tried(() => this.#core.approve(plan));
    await this.#tried(() => this.#core.settle());
    graph.faults.clear();
    await this.#ended(plan);
  }

  /** Writes that no approved revision of a plan stands for, as its card showed it. */
  unexpectedWrites(): readonly string[] {
    const { world, graph } = this.#core;
    return graph.patches().flatMap(({ body, clientRequestId }) => {
      const intent = world.store.records.find(
        ({ event, detail }) => event === "write-intended" && detail.clientRequestId === clientRequestId,
      );
      const shown = world.announced.find(
        ({ number, revision }) => number === intent?.planNumber && revision === intent?.revision,
      );
      const isApproved = world.store.records.some(
        ({ event, planNumber, revision }) =>
          event === "plan-approved" && planNumber === intent?.planNumber && revision === intent?.revision,
      );
      if (shown === undefined || !isApproved) return [`${clientRequestId}: no approved plan`];
      const wanted = patchBody(shown.proposal.before, shown.proposal.after);
      const isSame = canonicalJson(wanted) === canonicalJson(body ?? null);
      return isSame ? [] : [`${clientRequestId}: another body than #${shown.number} showed`];
    });
  }

  figures(): string {
    return [...this.ends].map(([end, times]) => `${end} ${times}`).join(", ");
  }

  async #proposed(): Promise<Plan | undefined> {
    const result = await this.#tried(() => this.#core.propose("enable"));
    if (result === undefined) return undefined;
    if (!("kind" in result)) return result;
    // The plan that waited for a scan, which has ended meanwhile.
    return result.kind === "same-plan" ? result.plan : undefined;
  }

  /** Graph answers as it should: whatever became of the plan is found by reading, or the one who asked gives it up. */
  async #ended(plan: Plan): Promise<void> {
    const { world } = this.#core;
    for (let look = 0; look < 3; look++) {
      world.advance(A_WHILE_MS);
      await this.#core.settle();
    }
    for (const open of world.store.plansByNumber.values()) {
      if (open.state.kind === "waiting" || open.state.kind === "unknown") await this.#core.cancel(open);
    }
    const end = this.#core.stored(plan.number)?.state.kind ?? "gone";
    this.ends.set(end, (this.ends.get(end) ?? 0) + 1);
    for (const error of world.errors.splice(0)) this.#note(error);
    for (const { detail } of world.store.records.slice(-10)) this.said.add(JSON.stringify(detail));
  }

  async #tried<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Fault) {
        this.faults++;
        this.said.add(error.message);
      } else this.#note({ error });
      return undefined;
    }
  }

  #note(found: Readonly<Record<string, unknown>>): void {
    const { error } = found;
    this.said.add(error instanceof Error ? error.message : JSON.stringify(found));
    if (!(error instanceof Fault))
      this.mistakes.push(error instanceof Error ? `${error.stack}` : JSON.stringify(found));
  }

  #rewriting(share: number) {
    return (text: string) => {
      if (!this.#random.chance(share)) return { text };
      this.mutated++;
      const mutated = { text: text === "" ? "{}" : mutatedJson(this.#random, JSON.parse(text)) };
      if (!this.#random.chance(0.1)) return mutated;
      return { ...mutated, status: this.#random.pick(STATUSES), contentType: this.#random.pick(TYPES) };
    };
  }
}
