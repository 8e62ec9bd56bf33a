import type { ChangeCommand } from "../../../src/core/command/command.js";
import { unreachable } from "../../../src/core/errors.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ADA, GRACE, JOAN, LINUS } from "../fake-world.js";
import type { ModelWorld } from "./model-world.js";
import type { Life } from "./simulated-process.js";
import type { Behaviour } from "./simulated-tenant.js";

const PEOPLE = [ADA, GRACE, JOAN, LINUS] as const;

/** One thing that happens. Plans, people and processes are numbers, so that every step fits every world. */
export type Step =
  | {
      readonly do: "propose";
      readonly at: number;
      readonly who: number;
      readonly what: "opposite" | "enable" | "disable" | "undo" | "put-back";
    }
  | {
      readonly do: "approve";
      readonly at: number;
      readonly who: number;
      readonly plan: number;
      readonly old: boolean;
    }
  | { readonly do: "reject"; readonly at: number; readonly who: number; readonly plan: number }
  | { readonly do: "cancel"; readonly at: number; readonly who: number; readonly plan: number }
  | { readonly do: "show"; readonly at: number; readonly plan: number }
  | { readonly do: "settle"; readonly at: number }
  | { readonly do: "watch"; readonly at: number }
  | { readonly do: "accept"; readonly at: number; readonly who: number; readonly old: boolean }
  | { readonly do: "scan"; readonly at: number; readonly plan: number; readonly complete: boolean }
  | {
      readonly do: "edit";
      readonly to: "relevant" | "irrelevant" | "wanted" | "before";
      readonly plan: number;
    }
  | { readonly do: "role"; readonly who: number; readonly holds: boolean }
  | { readonly do: "graph"; readonly behaviour: Behaviour }
  | {
      readonly do: "fault";
      readonly in: "store" | "policy" | "throttled" | "directory";
      readonly when: "before" | "after";
    }
  | { readonly do: "time"; readonly milliseconds: number; readonly asleep: number | undefined }
  | { readonly do: "mistake"; readonly at: number; readonly gone: boolean }
  | { readonly do: "clock"; readonly at: number; readonly off: number }
  | { readonly do: "crash"; readonly at: number; readonly lost: boolean }
  | { readonly do: "restart"; readonly at: number; readonly life: Life }
  | { readonly do: "proceed"; readonly picks: readonly number[]; readonly only: number | undefined }
  | { readonly do: "finish"; readonly only: number | undefined };

export const ENABLE: ChangeCommand = {
  kind: "enable",
  options: { restriction: "as-fits", authenticators: ["ios", "android"] },
};

export async function take(world: ModelWorld, step: Step): Promise<void> {
  switch (step.do) {
    case "propose":
      return world.propose(step.at, person(step.who), command(world, step.what));
    case "approve":
      return withPlan(world, step.plan, (plan) =>
        world.approve(step.at, person(step.who), plan, plan.revision - (step.old ? 1 : 0)),
      );
    case "reject":
      return withPlan(world, step.plan, (plan) => world.reject(step.at, person(step.who), plan));
    case "cancel":
      return withPlan(world, step.plan, (plan) => world.cancel(step.at, person(step.who), plan));
    case "show":
      return withPlan(world, step.plan, (plan) => world.show(step.at, plan));
    case "settle":
      return world.settle(step.at);
    case "watch":
      return world.watch(step.at);
    case "accept":
      return world.accept(step.at, person(step.who), step.old);
    case "scan":
      return world.scanEnds(step.at, planOf(world, step.plan), step.complete);
    case "edit":
      return world.tenant.edit(edited(world.tenant.policy, step.to, planOf(world, step.plan)));
    case "role":
      return world.tenant.setRole(person(step.who), step.holds, world.step);
    case "graph":
      world.tenant.behaviour = step.behaviour;
      return;
    case "fault":
      return world.faults.set(step.in, step.when);
    case "time":
      return world.pass(step.milliseconds, step.asleep);
    case "mistake":
      return world.processes[step.at]?.mistake(step.gone);
    case "clock": {
      const process = world.processes[step.at];
      if (process !== undefined) process.clockOff = step.off;
      return;
    }
    case "crash":
      return world.crash(step.at, step.lost);
    case "restart":
      return world.restart(step.at, step.life);
    case "proceed":
      return world.proceed(step.picks, step.only);
    case "finish":
      return world.finish(step.only);
    default:
      return unreachable(step);
  }
}

function command(world: ModelWorld, what: Extract<Step, { do: "propose" }>["what"]): ChangeCommand {
  switch (what) {
    case "undo":
      return { kind: "undo", planNumber: lastApplied(world) };
    case "put-back":
      return { kind: "put-back", driftNumber: world.store.watch.drifts.size };
    default:
      return (what === "opposite" ? world.opposite : what) === "enable" ? ENABLE : { kind: "disable" };
  }
}

function lastApplied({ store }: ModelWorld): number {
  const applied = [...store.plansByNumber.values()].filter(({ state }) => state.kind === "applied");
  return applied.at(-1)?.number ?? 1;
}

function person(who: number) {
  return PEOPLE[who] ?? ADA;
}

/** The newest plan is 0. */
function planOf(world: ModelWorld, number: number): Plan | undefined {
  return world.store.plansByNumber.get(world.store.plansByNumber.size - number);
}

export function withPlan(world: ModelWorld, number: number, use: (plan: Plan) => void): void {
  const plan = planOf(world, number);
  if (plan !== undefined) use(plan);
}

function edited(
  policy: JsonObject,
  to: Extract<Step, { do: "edit" }>["to"],
  plan: Plan | undefined,
): JsonObject {
  switch (to) {
    case "relevant":
      return {
        ...policy,
        isSelfServiceRegistrationAllowed: policy.isSelfServiceRegistrationAllowed !== true,
      };
    case "irrelevant":
      return { ...policy, "@odata.context": `${policy["@odata.context"]}x` };
    case "wanted":
      return plan?.proposal.after ?? policy;
    case "before":
      return plan?.proposal.before ?? policy;
  }
}
