import { canonicalJson, type Json, type JsonObject, memberOf } from "../json.js";
import { hasProfiles, MIRRORED_PAIR } from "./comparable-policy.js";

/** Without it Graph may answer 204 and change nothing (documented as required). */
const ODATA_TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

/**
 * What has to be sent to get from one configuration to the other: only the members that change, arrays whole
 * because Graph replaces them, and never the deprecated pair in a profiles tenant.
 */
export function patchBody(before: JsonObject, after: JsonObject): JsonObject {
  const mirrored = hasProfiles(after) ? MIRRORED_PAIR : [];
  const isSent = (key: string): boolean => !key.includes("@odata.") && !mirrored.includes(key);
  const changed = Object.entries(after).filter(
    ([key, value]) => canonicalJson(memberOf(before, key) ?? null) !== canonicalJson(value),
  );
  // A member that was not there before a later version of Graph had it can only be emptied.
  const gone = Object.entries(before).filter(([key, value]) => !Object.hasOwn(after, key) && value !== null);
  const emptied = gone.map(([key]): [string, Json] => [key, null]);
  const members = [...changed, ...emptied].filter(([key]) => isSent(key));
  return Object.fromEntries([["@odata.type", ODATA_TYPE], ...members]);
}
