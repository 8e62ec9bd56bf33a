import { personId } from "../core/person.js";
import type { Asker } from "../core/ports/probes.js";
import type { Directory } from "../core/ports.js";

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The person who was named: by object id, or by the one sign-in name or name that begins so. */
export async function findAsker(directory: Directory, typed: string | undefined): Promise<Asker | undefined> {
  if (typed === undefined) return undefined;
  if (ID.test(typed)) return (await directory.person(personId(typed))) ?? { typed };
  const found = await directory.peopleNamed(typed);
  const [only] = found;
  return only !== undefined && found.length === 1 ? only : { typed };
}
