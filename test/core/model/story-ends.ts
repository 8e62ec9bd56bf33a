import { isPutOff } from "../../../src/core/plan/plan.js";
import { fc } from "../../setup/drawn.js";
import { ADA, GRACE, JOAN } from "../fake-world.js";
import { anyLife, behaviour, throttled, whilePutOff } from "./any-step.js";
import type { ModelWorld } from "./model-world.js";
import type { Life } from "./simulated-process.js";
import type { Behaviour } from "./simulated-tenant.js";
import { ENABLE, type Step, take, withPlan } from "./steps.js";

/** Where a run begins: with two plans, and approvals of them that have come so far. */
export interface Beginning {
  readonly lives: readonly [Life, Life];
  readonly behaviour: Behaviour;
  readonly picks: readonly number[];
  /** Then its write is put off, and this happens while it waits. */
  readonly putOff: { readonly behaviour: Behaviour; readonly meanwhile: readonly Step[] } | undefined;
  /** Then the other process may believe that this one is gone, settle the plan, and after a while write it anew. */
  readonly taken:
    | {
        /** Only once its write is on its way. */
        readonly isSent: boolean;
        readonly picks: readonly number[];
        readonly after: number;
      }
    | undefined;
}

export const anyBeginning: fc.Arbitrary<Beginning> = fc.record({
  lives: fc.tuple(anyLife, anyLife),
  behaviour,
  picks: fc.array(fc.nat(3), { maxLength: 40, size: "max" }),
  putOff: fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        behaviour: throttled,
        meanwhile: fc.array(whilePutOff, { minLength: 1, maxLength: 3 }),
      }),
    },
  ),
  taken: fc.option(
    fc.record({
      isSent: fc.boolean(),
      picks: fc.array(fc.nat(3), { maxLength: 50, size: "max" }),
      after: fc.constantFrom(0, 0, 6_000, 11_000, 21_000, 31_000),
    }),
    { freq: 2, nil: undefined },
  ),
});

/** More pieces of traffic than an approval takes up to the answer to its write. */
const MOST = 80;

async function until(world: ModelWorld, isReached: () => boolean): Promise<void> {
  for (let moved = 0; moved < MOST && !isReached(); moved += 1) await world.proceed([moved]);
}

export async function begin(
  world: ModelWorld,
  { behaviour, picks, putOff, taken }: Beginning,
): Promise<void> {
  world.propose(0, ADA, ENABLE);
  world.propose(1, ADA, ENABLE);
  await world.finish();
  world.tenant.behaviour = putOff?.behaviour ?? behaviour;
  withPlan(world, 0, (plan) => world.approve(0, GRACE, plan, plan.revision));
  if (putOff !== undefined) {
    await until(world, () => [...world.store.plansByNumber.values()].some(isPutOff));
    for (const step of putOff.meanwhile) await take(world, step);
  }
  await world.proceed(picks);
  if (taken === undefined) return;
  if (taken.isSent) await until(world, () => world.tenant.patches.length > 0);
  await take(world, { do: "mistake", at: 0, gone: true });
  withPlan(world, 1, (plan) => world.approve(1, JOAN, plan, plan.revision));
  world.settle(1);
  await world.proceed(taken.picks, 1);
  if (taken.after === 0) return;
  await world.finish(1);
  world.pass(taken.after);
  world.settle(1);
  await world.finish(1);
  withPlan(world, 0, (plan) => world.approve(1, JOAN, plan, plan.revision));
  await world.finish(1);
}

/** How a run goes on when all is over: something is taken back, or what somebody else changed is accepted. */
export interface Ending {
  readonly what: "undo" | "put-back" | "accept";
  readonly behaviour: Behaviour;
  readonly picks: readonly number[];
  readonly crashes: boolean;
}

export const anyEnding: fc.Arbitrary<Ending> = fc.record({
  what: fc.constantFrom("undo", "put-back", "accept"),
  behaviour,
  picks: fc.array(fc.nat(5), { maxLength: 60, size: "max" }),
  crashes: fc.boolean(),
});

export async function end(world: ModelWorld, { what, behaviour, picks, crashes }: Ending): Promise<void> {
  for (const approver of [GRACE, JOAN]) world.tenant.setRole(approver, true, world.step);
  if (what !== "undo") await take(world, { do: "edit", to: "relevant", plan: 0 });
  world.watch(0);
  await world.finish();
  if (what !== "accept") {
    await take(world, { do: "propose", at: 0, who: 0, what });
    await world.finish();
  }
  world.tenant.behaviour = behaviour;
  withPlan(world, 0, (plan) => world.approve(0, GRACE, plan, plan.revision));
  if (what === "accept" || (what === "put-back" && crashes)) world.accept(1, JOAN, false);
  withPlan(world, 0, (plan) => world.approve(1, JOAN, plan, plan.revision));
  world.watch(1);
  await world.proceed(picks);
  if (crashes) world.crash(0, true);
}
