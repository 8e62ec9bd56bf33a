import {
  type Aaguid,
  ALL_USERS,
  type PasskeyRules,
  type PasskeyType,
  type Policy,
} from "../policy/policy.js";
import { mayUse } from "../policy/who-may-use.js";
import type { ModelInUse } from "../scan/inventory.js";

/**
 * Whether passkeys of a model can be used for sign-in, as far as the policy alone tells. `some-profiles`: only by
 * people whose profile permits it. `some-types`: every person may use the device-bound ones only, or the synced ones.
 * `unknown`: the policy could not be read.
 */
export type Allowed = "yes" | "no" | "some-profiles" | "some-types" | "unknown";

const EITHER: readonly PasskeyType[] = ["deviceBound", "synced"];

/** @param types kinds of this model's passkeys that count; either, when it is not known */
export function allowedToday(
  policy: Policy,
  aaguid: Aaguid,
  types: readonly PasskeyType[] = EITHER,
): Allowed {
  const permitted = rulesOfTargets(policy).map((rules) => types.map((type) => mayUse(rules, aaguid, type)));
  const all = permitted.flat();
  if (!all.includes(true)) return "no";
  if (!all.includes(false)) return "yes";
  return permitted.every((target) => target.includes(true)) ? "some-types" : "some-profiles";
}

/** Kinds seen among the passkeys of a model; undefined: one of them could be of either. */
export function typesSeen({ types }: Pick<ModelInUse, "types">): readonly PasskeyType[] | undefined {
  if (types.unsaid > 0) return undefined;
  const seen = EITHER.filter((type) => types[type] > 0);
  return seen.length === 0 ? undefined : seen;
}

/**
 * For each target the sets of rules of which a passkey has to meet one: what all users are offered counts for each,
 * and a profile without a target for none.
 */
function rulesOfTargets(policy: Policy): readonly (readonly PasskeyRules[])[] {
  if (policy.state === "disabled") return [];
  if (policy.shape === "legacy") return policy.include.map(() => [policy]);
  const everybodys = policy.include.filter(({ id }) => id === ALL_USERS).flatMap(({ profiles }) => profiles);
  return policy.include.map((target) =>
    policy.profiles.filter(({ id }) => target.profiles.includes(id) || everybodys.includes(id)),
  );
}
