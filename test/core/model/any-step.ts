import fc from "fast-check";
import { ADA, GRACE, JOAN } from "../fake-world.js";
import type { ModelWorld } from "./model-world.js";
import type { Life } from "./simulated-process.js";
import type { Behaviour } from "./simulated-tenant.js";
import { ENABLE, type Step, take, withPlan } from "./steps.js";

/** True in one case of so many. */
const oneIn = (many: number) => fc.nat(many - 1).map((number) => number === 0);

const at = fc.integer({ min: 0, max: 1 });
const plan = fc.constantFrom(0, 0, 0, 1);
const approver = fc.constantFrom(1, 1, 1, 1, 2, 2, 2, 2, 0, 3);
const anybody = fc.integer({ min: 0, max: 3 });

const clockOff = fc.constantFrom(0, 0, -4_000, 4_000);

const anyLife: fc.Arbitrary<Life> = fc.record({
  approvalsRequired: fc.constantFrom(1, 1, 1, 2),
  allowSelfApproval: fc.constantFrom(false, false, true),
  clockOff,
});

const behaviour: fc.Arbitrary<Behaviour> = fc.constantFrom<Behaviour[]>(
  { says: "accepted", effect: "now" },
  { says: "accepted", effect: "late" },
  { says: "accepted", effect: "none" },
  { says: "nothing", effect: "now" },
  { says: "nothing", effect: "late" },
  { says: "nothing", effect: "late" },
  { says: "nothing", effect: "none" },
  { says: 503, effect: "now" },
  { says: 503, effect: "none" },
  { says: 400, effect: "none" },
  { says: 403, effect: "none" },
  { says: 409, effect: "none" },
  { says: 429, effect: "none", times: 1, retryAfter: 2 },
  { says: 429, effect: "none", times: 1, retryAfter: 30 },
  { says: 429, effect: "none", times: 2, retryAfter: undefined },
  { says: 429, effect: "none", times: 20, retryAfter: 10 },
);

const step = <Kind extends Step["do"]>(
  kind: Kind,
  rest: {
    [Key in Exclude<keyof Extract<Step, { do: Kind }>, "do">]: fc.Arbitrary<Extract<Step, { do: Kind }>[Key]>;
  },
): fc.Arbitrary<Step> => fc.record({ do: fc.constant(kind), ...rest }) as unknown as fc.Arbitrary<Step>;

const milliseconds = fc.constantFrom(
  1_000,
  4_000,
  9_000,
  11_000,
  21_000,
  31_000,
  45_000,
  45_000,
  31_000,
  21_000,
  9_000,
  3_700_000,
);

/** Where a run begins: with two plans, and approvals of them that have come so far. */
export interface Beginning {
  readonly lives: readonly [Life, Life];
  readonly behaviour: Behaviour;
  readonly picks: readonly number[];
  /** Then the other process may believe that this one is gone, settle the plan, and after a while write it anew. */
  readonly taken: { readonly picks: readonly number[]; readonly after: number } | undefined;
}

export const anyBeginning: fc.Arbitrary<Beginning> = fc.record({
  lives: fc.tuple(anyLife, anyLife),
  behaviour,
  picks: fc.array(fc.nat(3), { maxLength: 40, size: "max" }),
  taken: fc.option(
    fc.record({
      picks: fc.array(fc.nat(3), { maxLength: 50, size: "max" }),
      after: fc.constantFrom(0, 0, 6_000, 11_000, 21_000, 31_000),
    }),
    { freq: 2, nil: undefined },
  ),
});

export async function begin(world: ModelWorld, { behaviour, picks, taken }: Beginning): Promise<void> {
  world.propose(0, ADA, ENABLE);
  world.propose(1, ADA, ENABLE);
  await world.finish();
  world.tenant.behaviour = behaviour;
  withPlan(world, 0, (plan) => world.approve(0, GRACE, plan, plan.revision));
  await world.proceed(picks);
  if (taken === undefined) return;
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

const only = fc.constantFrom(undefined, 0, 1);
const proceed = step("proceed", { only, picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 30 }) });
const propose = step("propose", {
  at,
  who: fc.constantFrom(0, 0, 0, 1),
  what: fc.constantFrom("opposite", "opposite", "opposite", "enable", "disable", "undo", "put-back"),
});
const approve = step("approve", { at, who: approver, plan, old: oneIn(8) });
const faulty = step("fault", {
  in: fc.constantFrom("store", "store", "policy", "throttled", "directory"),
  when: fc.constantFrom("before", "after"),
});
const edit = step("edit", { to: fc.constantFrom("relevant", "irrelevant", "wanted", "before"), plan });
const time = step("time", { milliseconds, asleep: fc.constantFrom(undefined, undefined, 0, 1) });

/** What may happen next; what moves things on comes most often. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: proceed },
  { weight: 6, arbitrary: step("finish", { only }) },
  { weight: 7, arbitrary: propose },
  { weight: 14, arbitrary: approve },
  { weight: 1, arbitrary: step("reject", { at, who: anybody, plan }) },
  { weight: 2, arbitrary: step("cancel", { at, who: anybody, plan }) },
  { weight: 1, arbitrary: step("show", { at, plan }) },
  { weight: 4, arbitrary: step("settle", { at }) },
  { weight: 3, arbitrary: step("watch", { at }) },
  { weight: 1, arbitrary: step("accept", { at, who: approver, old: oneIn(8) }) },
  { weight: 2, arbitrary: step("scan", { at, plan, complete: oneIn(5).map((not) => !not) }) },
  { weight: 3, arbitrary: edit },
  {
    weight: 2,
    arbitrary: step("role", { who: fc.constantFrom(1, 2, 3), holds: oneIn(3).map((not) => !not) }),
  },
  { weight: 8, arbitrary: step("graph", { behaviour }) },
  { weight: 2, arbitrary: faulty },
  { weight: 4, arbitrary: time },
  { weight: 2, arbitrary: step("mistake", { at, gone: oneIn(3).map((not) => !not) }) },
  { weight: 1, arbitrary: step("clock", { at, off: clockOff }) },
  { weight: 2, arbitrary: step("crash", { at, lost: fc.boolean() }) },
  { weight: 2, arbitrary: step("restart", { at, life: anyLife }) },
);
