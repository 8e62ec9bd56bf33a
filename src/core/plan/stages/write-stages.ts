import { type Refusal, refuse } from "../../errors.js";
import { asJson } from "../../json.js";
import type { ConversationId, Person } from "../../person.js";
import type { SeenModel } from "../../policy/model.js";
import type { Ports, Rules } from "../../ports.js";
import type { RolloutStages, Stage } from "../../stores/stage-store.js";
import { resolveGroups } from "../named/resolve-groups.js";

/** More is no order that a person keeps in mind. */
const STAGES_AT_MOST = 12;

interface Written {
  /** In order: the name of a group as typed, or everybody. */
  readonly stages: readonly (string | "everyone")[];
  readonly by: Person;
  readonly conversation: ConversationId;
}

/**
 * Writes down the order of a rollout in place of the one before, with who wrote it, on record. Nothing is proposed.
 * Refuses a name that does not mean one group, a group twice, everybody before the end, and too many.
 * @throws Fault
 */
export async function writeStages(
  ports: Pick<Ports, "stages" | "directory" | "catalogue" | "scans" | "clock" | "log">,
  { tenantId }: Pick<Rules, "tenantId">,
  { stages: typed, by, conversation }: Written,
): Promise<RolloutStages | Refusal> {
  if (typed.length > STAGES_AT_MOST) return refuse({ code: "too-many-stages", limit: STAGES_AT_MOST });
  if (typed.slice(0, -1).includes("everyone")) return refuse({ code: "everyone-not-last" });
  const seen = (await ports.scans.latest(tenantId))?.models ?? [];
  const stages: Stage[] = [];
  for (const name of typed) {
    const found = await stagesOf(ports, name, seen);
    if ("kind" in found) return found;
    const twice = found.find((stage) => stages.some((other) => isSame(stage, other)));
    if (twice?.kind === "group") return refuse({ code: "stage-twice", group: twice.group });
    stages.push(...found);
  }
  const before = await ports.stages.find(tenantId);
  const written: RolloutStages = { tenantId, stages, by, at: ports.clock.now().toISOString() };
  await ports.stages.write(written, {
    tenantId,
    at: written.at,
    event: "stages-written",
    by,
    conversation,
    detail: {
      stages: asJson(stages),
      ...(before === undefined ? {} : { before: asJson(before.stages) }),
    },
  });
  return written;
}

/** There is no order any more. @returns false when there was none @throws Fault */
export async function endStages(
  ports: Pick<Ports, "stages" | "clock">,
  { tenantId }: Pick<Rules, "tenantId">,
  { by, conversation }: Omit<Written, "stages">,
): Promise<boolean> {
  const at = ports.clock.now().toISOString();
  return ports.stages.end(tenantId, { tenantId, at, event: "stages-ended", by, conversation, detail: {} });
}

async function stagesOf(
  ports: Pick<Ports, "directory" | "catalogue" | "log">,
  name: string,
  seen: readonly SeenModel[],
): Promise<readonly Stage[] | Refusal> {
  if (name === "everyone") return [{ kind: "everyone" }];
  const groups = await resolveGroups(ports, [name], seen);
  return "kind" in groups ? groups : groups.map((group): Stage => ({ kind: "group", group }));
}

const isSame = (one: Stage, other: Stage): boolean =>
  one.kind === "group" && other.kind === "group" ? one.group.id === other.group.id : one.kind === other.kind;
