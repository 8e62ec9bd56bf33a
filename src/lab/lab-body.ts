import { canonicalJson, type Json, type JsonObject, memberOf } from "../core/json.js";
import { hasProfiles, MIRRORED_PAIR } from "../core/policy/comparable-policy.js";
import { ODATA_TYPE } from "../core/policy/patch-body.js";

/**
 * What has to be sent to get from one policy to the other, as it is written there. Unlike the bot's own body it has every
 * id: a profile that is put back is the same one, and whether Graph takes an id is asked.
 */
export function labBody(before: JsonObject, after: JsonObject): JsonObject {
  const changed = Object.entries(after).filter(
    ([name, value]) => canonicalJson(memberOf(before, name) ?? null) !== canonicalJson(value),
  );
  const gone = Object.entries(before).filter(
    ([name, value]) => !Object.hasOwn(after, name) && value !== null,
  );
  const emptied = gone.map(([name]): [string, Json] => [name, null]);
  return typed([...changed, ...emptied], after);
}

/** Every member of the policy that can be written. Which profile is the default is Graph's own. */
export function wholeBody(policy: JsonObject, now: JsonObject): JsonObject {
  const gone = Object.entries(labBody(now, policy)).filter(([, value]) => value === null);
  const members = Object.entries(policy).filter(([name, value]) => {
    if (value === null || name === "id" || name === "defaultPasskeyProfile") return false;
    // A list without any would ask for a move to profiles, or back.
    return name !== "passkeyProfiles" || hasProfiles(policy);
  });
  return typed([...gone, ...members], policy);
}

function typed(members: readonly (readonly [string, Json])[], policy: JsonObject): JsonObject {
  const mirrored = hasProfiles(policy) ? MIRRORED_PAIR : [];
  const isSent = ([name]: readonly [string, Json]): boolean =>
    !name.includes("@odata.") && !mirrored.includes(name);
  return { "@odata.type": ODATA_TYPE, ...Object.fromEntries(members.filter(isSent)) };
}
