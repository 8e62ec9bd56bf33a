import { ALL_USERS, type Policy } from "../../policy/policy.js";
import type { Stage } from "../../stores/stage-store.js";

/** Whether passkeys are for a stage by now. `excluded`: its people may use none, also through another group. */
export type Reach = "reached" | "not-yet" | "excluded";

/** How far a policy has come with a stage, by its targets. */
export function reachOf({ state, include, exclude }: Policy, stage: Stage): Reach {
  const ids = include.map(({ id }) => id);
  if (stage.kind === "group" && exclude.includes(stage.group.id)) return "excluded";
  if (state === "disabled") return "not-yet";
  const isFor = ids.includes(ALL_USERS) || (stage.kind === "group" && ids.includes(stage.group.id));
  return isFor ? "reached" : "not-yet";
}

/** The first stage that is not reached. */
export function nextStage(policy: Policy, stages: readonly Stage[]): Stage | undefined {
  return stages.find((stage) => reachOf(policy, stage) !== "reached");
}
