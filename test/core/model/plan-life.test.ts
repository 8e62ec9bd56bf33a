import { expect, it } from "vitest";
import { fc } from "../../setup/drawn.js";
import { anyStep } from "./any-step.js";
import { LIFE } from "./life.js";
import { ModelWorld } from "./model-world.js";
import { type Step, take } from "./steps.js";
import { anyBeginning, anyEnding, begin, end } from "./story-ends.js";

const RUNS = Number(process.env.LATCHKEY_MODEL_RUNS ?? 2_000);

class Taken implements fc.AsyncCommand<object, ModelWorld> {
  readonly step: Step;
  constructor(step: Step) {
    this.step = step;
  }
  check(): boolean {
    return true;
  }
  async run(_: object, world: ModelWorld): Promise<void> {
    await take(world, this.step);
    world.look();
  }
  toString(): string {
    return JSON.stringify(this.step);
  }
}

it("is as approved, once, and on record, whatever crashes, in any order", {
  timeout: 3_600_000,
}, async () => {
  const transitions = new Set<string>();
  const steps = fc.commands([anyStep.map((step) => new Taken(step))], { maxCommands: 50, size: "max" });
  const property = fc.asyncProperty(anyBeginning, steps, anyEnding, async (beginning, commands, ending) => {
    const world = new ModelWorld(beginning.lives);
    await begin(world, beginning);
    await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
    await world.recover(beginning.picks.length % 2);
    await end(world, ending);
    await world.recover(ending.picks.length % 2);
    for (const transition of world.witness.transitions) transitions.add(transition);
  });
  await fc.assert(property, { numRuns: RUNS });
  // What never happened was not shown.
  expect([...transitions].sort()).toEqual(Object.keys(LIFE).sort());
});
