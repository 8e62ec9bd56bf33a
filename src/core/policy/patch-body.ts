import { canonicalJson, type Json, type JsonObject } from "../json.js";
import { hasProfiles, MIRRORED_PAIR } from "./comparable-policy.js";

/** Without it Graph may answer 204 and change nothing (documented as required). */
const ODATA_TYPE = "#microsoft.graph.fido2AuthenticationMethodConfiguration";

/**
 * What has to be sent to get from one configuration to the other: only the members that change, arrays whole
 * because Graph replaces them, and never the deprecated pair in a profiles tenant.
 */
export function patchBody(before: JsonObject, after: JsonObject): JsonObject {
  const mirrored = hasProfiles(after) ? MIRRORED_PAIR : [];
  const body: Record<string, Json> = { "@odata.type": ODATA_TYPE };
  for (const [key, value] of Object.entries(after)) {
    if (key.includes("@odata.") || mirrored.includes(key)) continue;
    if (canonicalJson(before[key] ?? null) !== canonicalJson(value)) body[key] = value;
  }
  // A member that was not there before a later version of Graph had it can only be emptied.
  const gone = Object.keys(before).filter((key) => !(key in after) && !key.includes("@odata."));
  for (const key of gone) if (before[key] !== null && !mirrored.includes(key)) body[key] = null;
  return body;
}
