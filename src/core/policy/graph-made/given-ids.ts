import { isJsonObject, type Json, type JsonObject } from "../../json.js";

/** Two policies of a plan, as they were proposed. */
interface Proposed {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/**
 * What was wanted, with the ids that Graph gave to its new profiles: until a profile is there its id is our own, and by
 * its name it is known again. As it is where the id is there, or no profile of that name came.
 * @param seen the policy as it was read after the write
 */
export function withGivenIds({ before, after }: Proposed, seen: JsonObject): JsonObject {
  const [old, wanted, there] = [profilesOf(before), profilesOf(after), profilesOf(seen)];
  const given = new Map<string, string>();
  for (const [id, name] of wanted) {
    if (old.has(id) || there.has(id)) continue;
    const news = [...there].filter(([other]) => !old.has(other) && !wanted.has(other));
    const found = news.filter(([, other]) => other === name);
    const [only] = found;
    if (found.length === 1 && only !== undefined) given.set(id, only[0]);
  }
  return given.size === 0 ? after : renamed(after, given);
}

/** Id -> name. */
function profilesOf({ passkeyProfiles }: JsonObject): ReadonlyMap<string, Json | undefined> {
  return new Map(objects(passkeyProfiles).map(({ id, name }) => [lower(id), name]));
}

function renamed(policy: JsonObject, given: ReadonlyMap<string, string>): JsonObject {
  const idOf = (id: Json | undefined): Json => given.get(lower(id)) ?? id ?? null;
  return {
    ...policy,
    passkeyProfiles: objects(policy.passkeyProfiles).map((profile) => ({ ...profile, id: idOf(profile.id) })),
    includeTargets: objects(policy.includeTargets).map((target) => {
      const { allowedPasskeyProfiles: ids } = target;
      return Array.isArray(ids) ? { ...target, allowedPasskeyProfiles: ids.map(idOf) } : target;
    }),
  };
}

function objects(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter((entry): entry is JsonObject => isJsonObject(entry)) : [];
}

const lower = (id: Json | undefined): string => String(id).toLowerCase();
