import type { CommandNamed } from "../../command/command.js";
import type { Refusal } from "../../errors.js";
import { groupId } from "../../person.js";
import type { Intent } from "../../policy/intent.js";
import { type SeenModel, UNKNOWN_MODEL } from "../../policy/model.js";
import { type Aaguid, toAaguid } from "../../policy/policy.js";
import type { Ports } from "../../ports.js";
import { resolveGroups } from "./resolve-groups.js";
import { resolveModels } from "./resolve-models.js";

type Known = Pick<Ports, "directory" | "catalogue" | "log">;
type Named = CommandNamed<"allow" | "remove">;

/** More names than these are a list of models. */
const GROUPS_AT_MOST = 5;

/**
 * What is allowed or removed: models, or groups where no model is called so and groups are ("remove Pilot"). An id that
 * no model is known by may be a group's, which is no AAGUID to put on a list. The refusal of the models stays where no
 * group is called so either, nor nearly so. @throws Fault
 */
export async function resolveNamed(
  ports: Known,
  command: Named,
  seen: readonly SeenModel[],
): Promise<Intent | Refusal> {
  const { kind, models, lines = [], ...rest } = command;
  const aaguids = resolveModels(ports, { verb: kind, models, lines, ...rest }, seen);
  if ("kind" in aaguids) return groupsInstead(ports, command, aaguids, seen);
  if (!(await areGroups(ports, models, seen))) return { kind, aaguids, ...rest };
  const groups = await resolveGroups(ports, models, seen);
  return "kind" in groups ? groups : asGroups(command, groups);
}

async function groupsInstead(
  ports: Known,
  command: Named,
  refusal: Refusal,
  seen: readonly SeenModel[],
): Promise<Intent | Refusal> {
  const names = unknownIn(refusal);
  if (command.admits !== undefined || names.length === 0 || names.length > GROUPS_AT_MOST) return refusal;
  const groups = await resolveGroups(ports, names, seen);
  if (!("kind" in groups)) return asGroups(command, groups);
  if (groups.code !== "unknown-group") return groups;
  const isNear = groups.near !== undefined || groups.instead?.kind === "person";
  return isNear ? groups : refusal;
}

function asGroups(
  { kind, profile }: Named,
  groups: Exclude<Awaited<ReturnType<typeof resolveGroups>>, Refusal>,
): Intent {
  const asked = kind === "allow" ? "add-group" : "remove-group";
  return { kind: asked, groups, ...(profile === undefined ? {} : { profile }) };
}

/** Names that no model has, where that is all that was said. */
function unknownIn(refusal: Refusal): readonly string[] {
  if (refusal.code === "unknown-model") return [refusal.typed];
  if (refusal.code !== "entries-not-understood" || refusal.understood.length > 0) return [];
  const areUnknown = refusal.wrong.every(({ wrong }) => wrong.kind === "unknown");
  return areUnknown ? refusal.wrong.map(({ typed }) => typed) : [];
}

/** Whether one of a few ids that no model is known by is a group's. @throws Fault */
async function areGroups(
  ports: Known,
  typed: readonly string[],
  seen: readonly SeenModel[],
): Promise<boolean> {
  if (typed.length > GROUPS_AT_MOST) return false;
  const isUnknown = (aaguid: Aaguid) =>
    ports.catalogue.modelName(aaguid) === UNKNOWN_MODEL && !seen.some((each) => each.aaguid === aaguid);
  const ids = typed.flatMap((text) => toAaguid(text) ?? []).filter(isUnknown);
  const found = await Promise.all(ids.map((id) => ports.directory.group(groupId(id))));
  return found.some((group) => group !== undefined);
}
