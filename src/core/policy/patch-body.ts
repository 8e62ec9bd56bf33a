import { canonicalJson, isJsonObject, type Json, type JsonObject, memberOf } from "../json.js";
import { hasProfiles, MIRRORED_PAIR } from "./comparable-policy.js";
import { defaultProfileOf } from "./parse-policy.js";

/** Without it Graph may answer 204 and change nothing (documented as required). */
export const ODATA_TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

/**
 * What has to be sent to get from one configuration to the other: only the members that change, arrays whole
 * because Graph replaces them, and never the deprecated pair in a profiles tenant. Which profile is the default follows
 * by itself when a tenant opts in, and a profile that is new gets its id from Graph (docs/adr/0042).
 */
export function patchBody(before: JsonObject, after: JsonObject): JsonObject {
  const mirrored = hasProfiles(after) ? MIRRORED_PAIR : [];
  const follows = [...mirrored, ...(hasProfiles(before) ? [] : ["defaultPasskeyProfile"])];
  const isSent = (key: string): boolean => !key.includes("@odata.") && !follows.includes(key);
  const changed = Object.entries(after).filter(
    ([key, value]) => canonicalJson(memberOf(before, key) ?? null) !== canonicalJson(value),
  );
  // A member that was not there before a later version of Graph had it can only be emptied.
  const gone = Object.entries(before).filter(([key, value]) => !Object.hasOwn(after, key) && value !== null);
  const emptied = gone.map(([key]): [string, Json] => [key, null]);
  const members = [...changed, ...emptied].filter(([key]) => isSent(key));
  const sent = members.map(([key, value]): [string, Json] => [
    key,
    key === "passkeyProfiles" ? withoutNewIds(value, before, after) : value,
  ]);
  return Object.fromEntries([["@odata.type", ODATA_TYPE], ...sent]);
}

/** An id that a target names has to be sent; so has the default profile's, which is the same in every tenant. */
function withoutNewIds(profiles: Json, before: JsonObject, after: JsonObject): Json {
  const kept = new Set([
    ...idsOf(before.passkeyProfiles),
    ...profilesOfTargets(after),
    defaultProfileOf(after),
  ]);
  if (!Array.isArray(profiles)) return profiles;
  return profiles.filter(isJsonObject).map((profile) => {
    const { id, ...rest } = profile;
    return kept.has(String(id).toLowerCase()) ? profile : rest;
  });
}

function idsOf(profiles: Json | undefined): readonly string[] {
  return objects(profiles).map(({ id }) => String(id).toLowerCase());
}

function profilesOfTargets({ includeTargets }: JsonObject): readonly string[] {
  return objects(includeTargets).flatMap(({ allowedPasskeyProfiles: ids }) =>
    Array.isArray(ids) ? ids.map((id) => String(id).toLowerCase()) : [],
  );
}

function objects(list: Json | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter((entry): entry is JsonObject => isJsonObject(entry)) : [];
}
