import { type Refusal, refuse } from "../../errors.js";
import type { GroupRef, Intent } from "../../policy/intent.js";
import { parsePolicy } from "../../policy/parse-policy.js";
import { ALL_USERS, type Policy } from "../../policy/policy.js";
import type { Ports, Rules } from "../../ports.js";
import type { Stage } from "../../stores/stage-store.js";
import { nextStage } from "./reach.js";

/**
 * What the next stage of the rollout wants: while passkeys are off to turn them on for it, else to give its people what
 * the stage before it has. Refuses where no stages are written down, and where all are reached. @throws Fault
 */
export async function resolveNextStage(
  ports: Pick<Ports, "stages"> & { readonly tenant: Pick<Ports["tenant"], "readPolicy"> },
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<Intent | Refusal> {
  const written = await ports.stages.find(tenantId);
  if (written === undefined) return refuse({ code: "no-stages" });
  const policy = parsePolicy(await ports.tenant.readPolicy());
  const stage = nextStage(policy, written.stages);
  if (stage === undefined) return refuse({ code: "no-stage-left" });
  const targets = targetsOf(stage);
  const isBegun = policy.state === "enabled" && policy.include.some(({ id }) => id !== ALL_USERS);
  if (!isBegun)
    return { kind: "enable", targets, restriction: "as-fits", authenticators: ["ios", "android"] };
  const from = stageBefore(policy, written.stages, stage);
  return { kind: "promote", targets, ...(from === undefined ? {} : { from }) };
}

function targetsOf(stage: Stage) {
  return stage.kind === "everyone"
    ? ({ kind: "all-users" } as const)
    : ({ kind: "groups", groups: [stage.group] } as const);
}

/** The last group before a stage that passkeys are for: what it has is what goes on. */
function stageBefore(policy: Policy, stages: readonly Stage[], stage: Stage): GroupRef | undefined {
  const before = stages.slice(0, stages.indexOf(stage));
  const groups = before.flatMap((each) => (each.kind === "group" ? [each.group] : []));
  return groups.findLast(({ id }) => policy.include.some((target) => target.id === id));
}
