import type { ChangeCommand } from "../command/command.js";
import type { EnableOptions } from "../command/enable-options.js";
import { type MeantGroup, type Refusal, refuse, unreachable } from "../errors.js";
import { countIfPossible } from "../impact/describe-groups.js";
import type { Group } from "../policy/group.js";
import type { GroupRef, Intent } from "../policy/intent.js";
import type { SeenModel } from "../policy/model.js";
import type { Ports, Rules } from "../ports.js";
import { findGroups } from "./find-groups.js";
import { resolveModels } from "./resolve-models.js";
import { resolvePutBack } from "./resolve-put-back.js";
import { resolveUndo } from "./resolve-undo.js";

/**
 * Turns a command into an intent: each group name has to mean exactly one group, each model's name one model, and
 * only what was applied can be undone.
 * @param seen models of the tenant's last scan, which may have names only Graph knows
 * @throws Fault
 */
export async function resolveIntent(
  ports: Pick<
    Ports,
    "directory" | "catalogue" | "metrics" | "plans" | "watch" | "log" | "attention" | "alteredPlans"
  >,
  rules: Pick<Rules, "tenantId">,
  command: ChangeCommand,
  seen: readonly SeenModel[] = [],
): Promise<Intent | Refusal> {
  switch (command.kind) {
    case "disable":
      return { kind: "disable" };
    case "enable":
      return resolveEnable(ports, command.options);
    case "allow":
    case "remove": {
      const { kind, models, lines = [], ...rest } = command;
      const aaguids = resolveModels(ports, { verb: kind, models, lines, ...rest }, seen);
      return "kind" in aaguids ? aaguids : { kind, aaguids, ...rest };
    }
    case "allow-keys-in-use": {
      const { kind, ...profile } = command;
      return { kind: "allow-in-use", ...profile };
    }
    case "add-group":
    case "remove-group":
    case "exclude-group":
    case "include-group": {
      const { kind, groups: names, ...profile } = command;
      const groups = await resolveGroups(ports, names);
      return "kind" in groups ? groups : { kind, groups, ...profile };
    }
    case "undo":
      return resolveUndo(ports, rules, command.planNumber);
    case "put-back":
      return resolvePutBack(ports, rules, command);
    default:
      return unreachable(command);
  }
}

async function resolveEnable(
  ports: Pick<Ports, "directory" | "log">,
  options: EnableOptions,
): Promise<Intent | Refusal> {
  const { targets, ...rest } = options;
  if (targets === undefined) return { kind: "enable", ...rest };
  if (targets.kind === "all-users") return { kind: "enable", ...rest, targets };
  const { names, ...said } = targets;
  const groups = await resolveGroups(ports, names);
  return "kind" in groups ? groups : { kind: "enable", ...rest, targets: { ...said, groups } };
}

/** In one breath; a longer list has commas. */
const NAMES_AT_MOST = 5;

/** Each group once. Refuses a name that no group has, or several. */
async function resolveGroups(
  ports: Pick<Ports, "directory" | "log">,
  names: readonly string[],
): Promise<readonly GroupRef[] | Refusal> {
  const groups: GroupRef[] = [];
  for (const name of await separated(ports, names)) {
    const found = await findGroups(ports, name);
    const [group] = found;
    if (group === undefined) return refuse({ code: "unknown-group", name });
    if (found.length > 1)
      return refuse({ code: "ambiguous-group", name, groups: await counted(ports, found) });
    if (!groups.some((other) => other.id === group.id)) groups.push({ id: group.id, name: group.name });
  }
  return groups;
}

/** What may stand between two names, and be a part of one. */
const BETWEEN_NAMES = /\s+and\s+|\s*[&;\n]\s*/iu;

/** "A and B" is one name where a group is called so, and two where it is not and each of them is a group's. @throws Fault */
async function separated(
  ports: Pick<Ports, "directory">,
  names: readonly string[],
): Promise<readonly string[]> {
  const all = await Promise.all(
    names.map(async (name) => {
      const parts = name.split(BETWEEN_NAMES).filter((part) => part !== "");
      if (parts.length < 2 || parts.length > NAMES_AT_MOST) return [name];
      if ((await findGroups(ports, name)).length > 0) return [name];
      const found = await Promise.all(parts.map((part) => findGroups(ports, part)));
      return found.every((groups) => groups.length > 0) ? parts : [name];
    }),
  );
  return all.flat();
}

/** With their numbers of people, by which a person tells them apart. */
function counted(
  ports: Pick<Ports, "directory" | "log">,
  groups: readonly Group[],
): Promise<readonly MeantGroup[]> {
  return Promise.all(
    groups.map(async (group) => {
      const people = await countIfPossible(ports, group.id);
      return people === undefined ? group : { ...group, people };
    }),
  );
}
