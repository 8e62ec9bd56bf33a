import { ALL_USERS, type PasskeyRules, type Policy } from "./policy.js";
import { coversRules } from "./restriction-rules.js";

/**
 * Whether going from one policy to the other could take a working passkey from a person, judged by the policies
 * alone. Errs on the side of yes: what cannot be shown to widen counts as narrowing.
 */
export function narrows(before: Policy, after: Policy): boolean {
  if (before.state === "disabled") return false;
  if (after.state === "disabled") return true;
  if (after.exclude.some((group) => !before.exclude.includes(group))) return true;
  return before.include.some((target) => {
    const everyone = rulesOfTarget(after, ALL_USERS);
    const offered = target.id === ALL_USERS ? everyone : [...everyone, ...rulesOfTarget(after, target.id)];
    return rulesOfTarget(before, target.id).some(
      (needed) => !offered.some((rules) => coversRules(rules, needed)),
    );
  });
}

function rulesOfTarget(policy: Policy, id: string): readonly PasskeyRules[] {
  const targets = policy.include.filter((target) => target.id === id);
  if (policy.shape === "legacy") return targets.length > 0 ? [policy] : [];
  return policy.profiles.filter((profile) => targets.some((target) => target.profiles.includes(profile.id)));
}
