import type { Json } from "../../json.js";
import type { EnableIntent } from "../intent.js";
import {
  type KeyRestrictions,
  readKeyRestrictions,
  withoutModels,
  writeKeyRestrictions,
} from "../key-restrictions.js";
import { distinct } from "../parse-policy.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS, NO_AAGUID } from "../policy.js";

/**
 * The key restrictions that an "enable" wants, from those of today. Returned as they came when nothing has to
 * change.
 */
export function desiredRestriction(today: Json, intent: EnableIntent, inUse: readonly Aaguid[]): Json {
  const now = readKeyRestrictions(today);
  const after = wanted(now, intent, inUse);
  return after === now ? today : writeKeyRestrictions(today, after);
}

function wanted(now: KeyRestrictions, intent: EnableIntent, inUse: readonly Aaguid[]): KeyRestrictions {
  if (intent.restriction === "any") return now.isEnforced ? { ...now, isEnforced: false } : now;
  const authenticators = intent.authenticators.map((name) =>
    name === "ios" ? AUTHENTICATOR_IOS : AUTHENTICATOR_ANDROID,
  );
  const blocked = now.enforcementType === "block" ? distinct(now.aaGuids) : [];
  if (now.isEnforced && now.enforcementType === "block" && intent.restriction === "as-fits") {
    return unblocked(now, authenticators);
  }
  // A list that is written but not enforced is kept if it was meant to allow: an administrator prepared it.
  const prepared = now.enforcementType === "allow" ? now.aaGuids : [];
  // The AAGUID that names no model stays where it is in force, and comes into force with no other list.
  const kept = now.isEnforced ? prepared : withoutModels(prepared, [NO_AAGUID]);
  // A blocked model in use does not work today; turning the list round must not start to allow it.
  const banned = now.isEnforced ? blocked : [];
  const used = inUse.filter((aaguid) => aaguid !== NO_AAGUID && !banned.includes(aaguid));
  const present = distinct(kept);
  const missing = distinct([...authenticators, ...used]).filter((aaguid) => !present.includes(aaguid));
  if (now.isEnforced && now.enforcementType === "allow" && missing.length === 0) return now;
  return { isEnforced: true, enforcementType: "allow", aaGuids: [...kept, ...missing] };
}

/** A block list stays one, even when nothing is left on it; it only stops blocking Microsoft Authenticator. */
function unblocked(now: KeyRestrictions, authenticators: readonly Aaguid[]): KeyRestrictions {
  const rest = withoutModels(now.aaGuids, authenticators);
  if (rest.length === now.aaGuids.length) return now;
  return { ...now, aaGuids: rest };
}
