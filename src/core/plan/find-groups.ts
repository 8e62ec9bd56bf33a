import { groupId } from "../person.js";
import type { Group } from "../policy/group.js";
import { toAaguid } from "../policy/policy.js";
import type { Ports } from "../ports.js";

/**
 * The groups a person may mean: by object id, which is the way out when two share a name, or by name as it was
 * written. A chat may change what is typed, so names it could have been made from are looked up as well. @throws Fault
 */
export async function findGroups(ports: Pick<Ports, "directory">, said: string): Promise<readonly Group[]> {
  const guid = toAaguid(said);
  if (guid !== undefined) {
    const found = await ports.directory.group(groupId(guid));
    return found === undefined ? [] : [found];
  }
  const found = new Map<string, Group>();
  for (const reading of readingsOf(said)) {
    for (const group of await ports.directory.groupsNamed(reading)) found.set(group.id, group);
  }
  return [...found.values()];
}

/**
 * As written; with ordinary blanks for those a chat writes, and one for several; without the full stop that may end the
 * message and not the name; with a keyboard's apostrophes; composed. Never as Unicode's NFKC has it: that is another name.
 */
function readingsOf(said: string): readonly string[] {
  const blanks = [said, said.replaceAll("\u00a0", " "), said.replace(/\s+/g, " ").trim()];
  const ended = blanks.flatMap((text) => [text, text.replace(/(?<=\S)[.!．！]+$/u, "")]);
  const all = ended.flatMap((text) => [text, text.replace(/[‘’]/g, "'")]);
  return [...new Set(all.flatMap((text) => [text, text.normalize("NFC")]))];
}
