import { Fault } from "../../../errors.js";
import { countIfPossible } from "../../../impact/describe-groups.js";
import type { GroupId } from "../../../person.js";
import type { Ports } from "../../../ports.js";

/** A group that a person is in. */
export interface OwnGroup {
  readonly id: GroupId;
  readonly name: string;
  /** Absent: Graph does not say. */
  readonly people?: number;
}

/** Of a person in hundreds of groups so many are looked up: each takes two requests while a person waits. */
const LOOKED_UP = 8;

/** Security groups of a person, the smallest first, as far as they can be read: they only make a suggestion. */
export async function nameOwnGroups(
  ports: Pick<Ports, "directory" | "log">,
  groups: ReadonlySet<GroupId>,
): Promise<readonly OwnGroup[]> {
  const ids = [...groups].sort().slice(0, LOOKED_UP);
  const found = await Promise.all(ids.map((id) => nameIfPossible(ports, id)));
  return found
    .filter((group) => group !== undefined)
    .sort(
      (a, b) =>
        (a.people ?? Number.MAX_VALUE) - (b.people ?? Number.MAX_VALUE) || a.name.localeCompare(b.name),
    );
}

async function nameIfPossible(
  ports: Pick<Ports, "directory" | "log">,
  id: GroupId,
): Promise<OwnGroup | undefined> {
  try {
    const group = await ports.directory.group(id);
    if (group === undefined || !group.securityEnabled) return undefined;
    const people = await countIfPossible(ports, id);
    return { id, name: group.name, ...(people === undefined ? {} : { people }) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("group-of-person-not-read", { code: error.code });
    return undefined;
  }
}
