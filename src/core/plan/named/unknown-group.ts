import { editDistance } from "../../../text/edit-distance.js";
import { Fault } from "../../errors.js";
import type { UnknownGroup } from "../../policy/group.js";
import type { GroupRef } from "../../policy/intent.js";
import type { SeenModel } from "../../policy/model.js";
import type { Ports } from "../../ports.js";
import { shortestName } from "./find-groups.js";

/** To choose from at a glance. */
const NEAR_AT_MOST = 3;
/** Longer names are told apart by more than a slip. */
const NAME_AT_MOST_CHARACTERS = 120;
const SHORT_LETTERS = 4;
const LONG_LETTERS = 8;

/**
 * What may be meant by a name that no group has: groups that are called nearly so, as far as all groups can be read,
 * or else a person or a model of that name. Where that cannot be told it stays a name that no group has.
 */
export async function unknownGroup(
  ports: Pick<Ports, "directory" | "catalogue" | "log">,
  said: string,
  seen: readonly SeenModel[],
): Promise<UnknownGroup> {
  const name = shortestName(said);
  if (name.length > NAME_AT_MOST_CHARACTERS) return { name: said };
  try {
    const near = await nearGroups(ports, name);
    if (near.length > 0) return { name: said, near };
    const people = await ports.directory.peopleNamed(name);
    const person = people.find((each) => letters(each.name) === letters(name));
    if (person !== undefined) return { name: said, instead: { kind: "person", name: person.name } };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("near-groups-not-looked-for", { code: error.code });
  }
  const isModel = ports.catalogue.search(name, seen).some(({ match }) => match === "same");
  return isModel ? { name: said, instead: { kind: "model", name } } : { name: said };
}

/** The nearest first. */
async function nearGroups(
  { directory }: Pick<Ports, "directory">,
  name: string,
): Promise<readonly GroupRef[]> {
  const wanted = letters(name);
  const most = slipsIn(wanted);
  const { groups } = await directory.allGroups();
  return groups
    .map((group) => ({ group, own: letters(group.name) }))
    .filter(({ own }) => Math.abs(own.length - wanted.length) <= most)
    .map(({ group, own }) => ({ group, distance: editDistance(own, wanted) }))
    .filter(({ distance }) => distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEAR_AT_MOST)
    .map(({ group }) => group);
}

/** A slip or two: in a short name every other letter makes another name. */
function slipsIn(name: string): number {
  if (name.length < SHORT_LETTERS) return 0;
  return name.length < LONG_LETTERS ? 1 : 2;
}

/** "Help desk" and "helpdesk" are the same but for the blank. */
function letters(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_-]+/gu, "");
}
