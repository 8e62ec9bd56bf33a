import { groupId } from "../../person.js";
import type { Group } from "../../policy/group.js";
import { toAaguid } from "../../policy/policy.js";
import type { Ports } from "../../ports.js";

/**
 * The groups a person may mean: by object id, which is the way out when two share a name, or by name as it was
 * written. A chat may change what is typed, so names it could have been made from are looked up as well; and where no
 * group is called that, the name without what people say around one, if that is exactly one group's. @throws Fault
 */
export async function findGroups(ports: Pick<Ports, "directory">, said: string): Promise<readonly Group[]> {
  const guid = toAaguid(said);
  if (guid !== undefined) {
    const found = await ports.directory.group(groupId(guid));
    return found === undefined ? [] : [found];
  }
  for (const name of [said, ...bareNames(said)]) {
    const found = await named(ports, readingsOf(name));
    if (found.length > 0) return found;
  }
  return [];
}

/** The shortest name that a group would have, of what was said. */
export function shortestName(said: string): string {
  return bareNames(said).at(-1) ?? said;
}

async function named(
  { directory }: Pick<Ports, "directory">,
  readings: readonly string[],
): Promise<readonly Group[]> {
  const found = new Map<string, Group>();
  for (const reading of readings) {
    for (const group of await directory.groupsNamed(reading)) found.set(group.id, group);
  }
  return [...found.values()];
}

const BEFORE_NAME =
  /^(?:(?:the|our|my|all|groups?|team|called|named|people in|everyone in|everybody in|members of|those in)[\s:]+)+/iu;
const BEHIND_NAME =
  /[\s,]+(?:groups?|team|department|people|members|users|folks|first|too|as well|again|now|right now|today|immediately)$/iu;
/** Around a name, and around what is pasted: quotes, and what has no width. */
const QUOTES =
  /^(?:['‘’"“”]|\p{Default_Ignorable_Code_Point})+|(?:['‘’"“”]|\p{Default_Ignorable_Code_Point})+$/gu;
/** Longer than any name in Entra, with what people say around it. */
const NAME_AT_MOST_CHARACTERS = 400;

/** "the Helpdesk group now" with less and less of what is said around the name. */
function bareNames(said: string): readonly string[] {
  if (said.length > NAME_AT_MOST_CHARACTERS) return [];
  const names: string[] = [];
  let name = said
    .replace(/\s+/gu, " ")
    .trim()
    .replace(/[.!?;]{1,3}$/u, "")
    .replace(BEFORE_NAME, "");
  for (let last = ""; name !== last; name = name.replace(BEHIND_NAME, "")) {
    names.push(name.replace(QUOTES, ""));
    last = name;
  }
  return names.filter((each) => each !== "" && each !== said);
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
