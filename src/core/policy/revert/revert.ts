import { type Refusal, refuse } from "../../errors.js";
import { isJsonObject, type JsonObject } from "../../json.js";
import { hasProfiles } from "../comparable-policy.js";
import { withGivenIds } from "../graph-made/given-ids.js";
import type { RevertIntent, TakenBack } from "../intent.js";
import { defaultProfileOf, parsePolicy } from "../parse-policy.js";
import type { PasskeyRules, Policy } from "../policy.js";
import { takeBack } from "./take-back.js";

/**
 * Today's policy with what lies between `from` and `to` taken back, and nothing else: what was changed elsewhere
 * since stays, and a later entry of a list does, too. A setting that was changed again gets back what `to` has
 * (`overlapsOf` tells). Refuses across a migration to passkey profiles, where the result would name a profile that
 * is not there, and where a list or a profile would be left with nothing.
 */
export function revertPolicy(today: Policy, intent: RevertIntent): Policy | Refusal {
  const { to, of } = intent;
  const from = withGivenIds({ before: to, after: intent.from }, today.raw);
  const isProfiles = today.shape === "profiles";
  const [hadAfter, hadBefore] = [hasProfiles(from), hasProfiles(to)];
  if (hadAfter && !hadBefore) return refuse({ code: "cannot-revert", of, why: "moved-by-it" });
  if (hadAfter !== isProfiles || hadBefore !== isProfiles) {
    return refuse({ code: "cannot-revert", of, why: isProfiles ? "migrated" : "moved-back" });
  }
  const after = takeBack({ today: today.raw, from, to });
  const missing = isProfiles ? refuseMissingProfile(today.raw, after, { ...intent, from }) : undefined;
  if (missing) return missing;
  const policy = parsePolicy(after);
  return refuseNothingLeft(today, policy, of) ?? policy;
}

/** A target, or the tenant's default, would name a profile that is not there; today's own such mistakes are not ours. */
function refuseMissingProfile(
  today: JsonObject,
  after: JsonObject,
  { from, to, of }: RevertIntent,
): Refusal | undefined {
  const already = missingProfiles(today);
  const id = missingProfiles(after).find((each) => !already.includes(each));
  if (id === undefined) return undefined;
  const why = profilesOf(today).has(id) ? "profile-in-use" : "profile-gone";
  const name = [today, to, from]
    .map((raw) => profilesOf(raw).get(id)?.name)
    .find((each) => each !== undefined);
  return refuse({ code: "cannot-revert", of, why, profile: typeof name === "string" ? name : id });
}

function missingProfiles(raw: JsonObject): readonly string[] {
  const targets = Array.isArray(raw.includeTargets) ? raw.includeTargets.filter(isJsonObject) : [];
  const named = targets.flatMap(({ allowedPasskeyProfiles: ids }) =>
    Array.isArray(ids) ? ids.map(String) : [],
  );
  const known = profilesOf(raw);
  return [defaultProfileOf(raw), ...named.map((id) => id.toLowerCase())].filter((id) => !known.has(id));
}

function profilesOf(raw: JsonObject): ReadonlyMap<string, JsonObject> {
  const profiles = Array.isArray(raw.passkeyProfiles) ? raw.passkeyProfiles.filter(isJsonObject) : [];
  return new Map(profiles.map((profile) => [String(profile.id).toLowerCase(), profile]));
}

/** A profile without kinds of passkey, or an enforced allow list with nothing on it, lets no person in. */
function refuseNothingLeft(today: Policy, after: Policy, of: TakenBack): Refusal | undefined {
  for (const rules of ruleSets(after)) {
    const now = ruleSets(today).find(({ id }) => id === rules.id);
    if (rules.types.length === 0 && now?.types.length !== 0) {
      return refuse({ code: "cannot-revert", of, why: "no-types", profile: rules.name ?? "" });
    }
    // While passkeys are off, an empty list takes no passkey away.
    if (after.state === "enabled" && isEmptyAllowList(rules) && !(now && isEmptyAllowList(now))) {
      return refuse({
        code: "list-would-be-empty",
        ...(rules.name === undefined ? {} : { profile: rules.name }),
      });
    }
  }
  return undefined;
}

type RuleSet = PasskeyRules & { readonly id?: string; readonly name?: string };

function ruleSets(policy: Policy): readonly RuleSet[] {
  return policy.shape === "legacy" ? [policy] : policy.profiles;
}

function isEmptyAllowList({ restriction }: PasskeyRules): boolean {
  return restriction.mode === "allow" && restriction.aaguids.length === 0;
}
