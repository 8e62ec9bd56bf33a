import { BoundedMap } from "../../async/bounded-map.js";
import { within } from "../../async/within.js";
import type { Person, PersonId } from "../../core/person.js";
import type { Ports } from "../../core/ports.js";

/** A click has to be answered; who cannot be looked up so soon is called as Teams calls them. */
const LOOKED_UP_WITHIN_MS = 1_000;
const KEPT_MS = 10 * 60_000;
const ANSWERS_KEPT = 1_000;

/** The person with the name by which cards and record call them. Never throws. */
export type KnownNames = (person: Person) => Promise<Person>;

/**
 * Names people as the directory does, since what an activity calls them may be missing, empty or out of date. Their
 * ids are what everything is decided by.
 */
export function knownNames({
  clock,
  directory,
  log,
}: Pick<Ports, "clock" | "directory" | "log">): KnownNames {
  const known = new BoundedMap<PersonId, { readonly name: string; readonly at: number }>(ANSWERS_KEPT);
  return async (person) => {
    const at = clock.elapsed();
    const before = known.get(person.id);
    if (before !== undefined && at - before.at < KEPT_MS) return { ...person, name: before.name };
    const found = await within(directory.person(person.id), LOOKED_UP_WITHIN_MS).catch((error: unknown) => {
      log.warn("name-not-looked-up", { person: person.id, error });
    });
    // A name that is the id is none.
    if (found === undefined || found.name.toLowerCase() === person.id) return person;
    known.set(person.id, { name: found.name, at });
    return { ...person, name: found.name };
  };
}
