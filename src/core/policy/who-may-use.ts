import type { PersonId } from "../person.js";
import { type Aaguid, ALL_USERS, type PasskeyRules, type PasskeyType, type Policy } from "./policy.js";
import { permits } from "./restriction-rules.js";

/** Everyone in a group, nested groups included. */
export interface Members extends ReadonlySet<PersonId> {
  /** Those of them who are guests; absent: that is not known. */
  readonly guests?: ReadonlySet<PersonId>;
}

/** Members of each group a policy names, by lower-case group id. */
export type Memberships = ReadonlyMap<string, Members>;

/** Every group id a policy names, in includes and excludes. */
export function groupsNamedIn(policy: Policy): readonly string[] {
  const included = policy.include.map((target) => target.id).filter((id) => id !== ALL_USERS);
  return [...new Set([...included, ...policy.exclude])];
}

/** The sets of rules of which a passkey of this person has to meet one. Empty: they may use none. */
export function rulesFor(
  policy: Policy,
  person: PersonId,
  memberships: Memberships,
): readonly PasskeyRules[] {
  if (policy.state === "disabled") return [];
  // A target may also be one person, though that is discouraged: object ids are unique, so the id tells.
  const isIn = (target: string) =>
    target === ALL_USERS || target === person || memberships.get(target)?.has(person) === true;
  if (policy.exclude.some(isIn)) return [];
  const targets = policy.include.filter((target) => isIn(target.id));
  if (policy.shape === "legacy") return targets.length > 0 ? [policy] : [];
  const profiles = new Set(targets.flatMap((target) => target.profiles));
  return policy.profiles.filter((profile) => profiles.has(profile.id));
}

/** A passkey may be used when any one set of rules permits it. */
export function mayUse(rules: readonly PasskeyRules[], aaguid: Aaguid, type: PasskeyType): boolean {
  return rules.some((set) => permits(set, aaguid, type));
}
