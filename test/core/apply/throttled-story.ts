import type { Ports } from "../../../src/core/ports.js";
import { PlanStory } from "./plan-story.js";

/** A tenant in which Graph takes no writes for a while. */
export class ThrottledStory extends PlanStory {
  /** For how long Latchkey waited each time, in seconds. */
  readonly waits: number[] = [];
  /** What happens while it waits. */
  duringWait: () => void | Promise<void> = () => {};

  constructor() {
    super();
    const { ports } = this.world;
    const sleep: Ports["clock"]["sleep"] = async (milliseconds) => {
      this.world.advance(milliseconds);
      this.waits.push(milliseconds / 1_000);
      await this.duringWait();
    };
    Object.assign(ports, { clock: { ...ports.clock, sleep } });
  }

  /** The next writes are answered 429, with these times; then they are taken. undefined: Graph names none. */
  throttleWrites(...retryAfter: readonly (number | undefined)[]): void {
    const left = [...retryAfter];
    const { world } = this;
    world.beforePatch = () => {
      world.nextPatch = { effect: true, answer: { kind: "accepted", requestId: "graph-1" } };
      if (left.length === 0) return;
      const seconds = left.shift();
      const answer = {
        kind: "declined",
        status: 429,
        code: "x",
        message: "too many",
        requestId: "g",
      } as const;
      const named = seconds === undefined ? {} : { retryAfterSeconds: seconds };
      world.nextPatch = { effect: false, answer: { ...answer, ...named } };
    };
  }

  /** What is on record since the approval, in order. */
  get events(): readonly string[] {
    const events = this.entries().map(({ event }) => event);
    return events.slice(events.indexOf("plan-approved"));
  }
}
