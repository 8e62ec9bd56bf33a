import type { Plan } from "../../core/plan/plan.js";
import type { Log, Ports } from "../../core/ports.js";
import type { Posting } from "../../core/stores.js";
import { describeError } from "../sending/background.js";

interface InHand {
  newest: Plan;
  /** Posting -> the version it shows. */
  readonly drawn: Map<string, number>;
  users: number;
}

/** The plans that are being drawn, in the newest state heard of. Nothing is kept once nobody draws a plan any more. */
export class PlansInHand {
  readonly #log: Log;
  readonly #plans = new Map<number, InHand>();
  constructor(log: Log) {
    this.#log = log;
  }

  get size(): number {
    return this.#plans.size;
  }

  /** Keeps the plan in hand while the work goes on. */
  async during(plan: Plan, work: () => Promise<void>): Promise<void> {
    const inHand = this.#plans.get(plan.number) ?? { newest: plan, drawn: new Map(), users: 0 };
    this.#plans.set(plan.number, inHand);
    this.hear(plan);
    inHand.users += 1;
    try {
      await work();
    } finally {
      inHand.users -= 1;
      if (inHand.users === 0) this.#plans.delete(plan.number);
    }
  }

  /** Remembers a plan that is in hand, if it is newer than what is known. */
  hear(plan: Plan): void {
    const inHand = this.#plans.get(plan.number);
    if (inHand !== undefined && plan.version > inHand.newest.version) inHand.newest = plan;
  }

  /** The store may know better: another replica may have changed the plan. */
  async latest(ports: Pick<Ports, "plans">, plan: Plan): Promise<Plan> {
    const stored = await ports.plans.find(plan.tenantId, plan.number).catch((error: unknown) => {
      this.#log.warn("plan-not-read-for-drawing", { plan: plan.number, error: describeError(error) });
      return undefined;
    });
    if (stored !== undefined) this.hear(stored);
    return this.#plans.get(plan.number)?.newest ?? stored ?? plan;
  }

  /** Whether the posting shows this version already, or a newer one. */
  shows(posting: Posting, version: number): boolean {
    return (this.#plans.get(posting.planNumber)?.drawn.get(keyOf(posting)) ?? 0) >= version;
  }

  drew(posting: Posting, version: number): void {
    this.#plans.get(posting.planNumber)?.drawn.set(keyOf(posting), version);
  }
}

const keyOf = ({ conversation, activityId }: Posting): string => `${conversation} ${activityId}`;
