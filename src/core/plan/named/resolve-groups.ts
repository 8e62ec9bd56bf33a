import { type Refusal, refuse } from "../../errors.js";
import { countIfPossible } from "../../impact/describe-groups.js";
import type { Group } from "../../policy/group.js";
import type { GroupRef } from "../../policy/intent.js";
import type { SeenModel } from "../../policy/model.js";
import type { Ports } from "../../ports.js";
import type { MeantGroup } from "../../refusal-reason.js";
import { findGroups } from "./find-groups.js";
import { unknownGroup } from "./unknown-group.js";

/** In one breath; a longer list has commas. */
const NAMES_AT_MOST = 5;
/** What may stand between two names, and be a part of one. */
const BETWEEN_NAMES = /\s+and\s+|\s*[&;\n]\s*/iu;
/** Announces a list of groups. */
const LABEL = /^(?:(?:the|these) )?groups?:?$/iu;

/**
 * Each group once. Refuses a name that no group has, with what may be meant by it, or several groups have.
 * @param seen models of the tenant, which may have names only Graph knows
 * @throws Fault
 */
export async function resolveGroups(
  ports: Pick<Ports, "directory" | "catalogue" | "log">,
  names: readonly string[],
  seen: readonly SeenModel[],
): Promise<readonly GroupRef[] | Refusal> {
  const groups: GroupRef[] = [];
  for (const name of await separated(ports, names)) {
    const found = await findGroups(ports, name);
    const [group] = found;
    if (group === undefined)
      return refuse({ code: "unknown-group", ...(await unknownGroup(ports, name, seen)) });
    if (found.length > 1)
      return refuse({ code: "ambiguous-group", name, groups: await counted(ports, found) });
    if (!groups.some((other) => other.id === group.id)) groups.push({ id: group.id, name: group.name });
  }
  return groups;
}

/** "A and B" is one name where a group is called so, and two where none is and one of them is a group's. @throws Fault */
async function separated(
  ports: Pick<Ports, "directory">,
  names: readonly string[],
): Promise<readonly string[]> {
  const all = await Promise.all(
    names.map(async (name) => {
      const parts = name.split(BETWEEN_NAMES).filter((part) => part !== "" && !LABEL.test(part));
      if (parts.length < 2 || parts.length > NAMES_AT_MOST) return [name];
      if ((await findGroups(ports, name)).length > 0) return [name];
      const found = await Promise.all(parts.map((part) => findGroups(ports, part)));
      return found.some((groups) => groups.length > 0) ? parts : [name];
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
