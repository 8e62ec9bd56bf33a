import type { PersonId } from "../person.js";
import type { PolicyChange } from "../policy/change.js";
import { ALL_USERS, type Policy } from "../policy/policy.js";
import type { Memberships } from "../policy/who-may-use.js";
import type { Impact } from "./impact.js";
import { both, type Count, count, type People, without } from "./people.js";
import { type RuleEffect, ruleEffects } from "./rule-effects.js";

/** A profile that the people of a target get or lose. */
export interface ProfileMove {
  /** Id of the target. */
  readonly target: string;
  /** Name of the profile. */
  readonly profile: string;
  readonly move: "given" | "taken";
}

/** What a plan does to people: facts of which its title is made. Targets by their ids. */
export interface Effect {
  readonly turned?: "on" | "off";
  /** Whether passkeys are on after. */
  readonly isOn: boolean;
  /** Targets after. */
  readonly forWhom: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly excluded: readonly string[];
  readonly included: readonly string[];
  readonly profiles: readonly ProfileMove[];
  /** People who may use passkeys, by the groups they are in. */
  readonly mayUse: { readonly before: Count; readonly after: Count };
  /** People who may use passkeys after and might not before. */
  readonly gain: Count;
  /** People who might use passkeys before and may not after. */
  readonly lose: Count;
  /** People who lose a profile and keep another. */
  readonly loseProfile: readonly { readonly profile: string; readonly people: Count }[];
  readonly rules: readonly RuleEffect[];
  /** People whose registered passkeys all stop working. */
  readonly cutOff: number;
}

interface Change {
  readonly before: Policy;
  readonly after: Policy;
  readonly changes: readonly PolicyChange[];
  readonly memberships: Memberships;
  readonly impact: Pick<Impact, "losing">;
}

/** What the change does to people, by the groups they are in and the passkeys they have. */
export function effectOf({ before, after, changes, memberships, impact }: Change): Effect {
  const old = audience(before, memberships);
  const now = audience(after, memberships);
  const { targets: was } = lists(before);
  const { targets: is } = lists(after);
  return {
    ...(before.state === after.state
      ? {}
      : { turned: after.state === "enabled" ? ("on" as const) : ("off" as const) }),
    isOn: after.state === "enabled",
    forWhom: is,
    added: missing(is, was),
    removed: missing(was, is),
    excluded: missing(after.exclude, before.exclude),
    included: missing(before.exclude, after.exclude),
    profiles: profileMoves(before, after),
    mayUse: { before: count(old), after: count(now) },
    gain: count(without(now, old)),
    lose: count(without(old, now)),
    loseProfile: profileNames(before).flatMap(([id, profile]) => {
      const lost = without(audience(before, memberships, id), audience(after, memberships, id));
      const people = count(both(lost, now));
      return people === 0 ? [] : [{ profile, people }];
    }),
    rules: ruleEffects(changes, after),
    cutOff: impact.losing.length,
  };
}

/** Who may use passkeys, or those of one profile. While they are off, no person may. */
function audience(policy: Policy, memberships: Memberships, profile?: string): People {
  const { state, include, exclude } = policy;
  const meant = include.filter(({ profiles }) => {
    if (policy.shape === "legacy") return true;
    return profile === undefined ? profiles.length > 0 : profiles.includes(profile);
  });
  const people = (ids: readonly string[]): ReadonlySet<PersonId> =>
    new Set(ids.flatMap((id) => [...(memberships.get(id) ?? [])]));
  if (state === "disabled") return { all: false, ids: new Set() };
  const ids = meant.map(({ id }) => id);
  const exceptions: People = { all: false, ids: people(exclude) };
  const all = ids.includes(ALL_USERS);
  return without({ all, ids: all ? new Set() : people(ids) }, exceptions);
}

function profileMoves(before: Policy, after: Policy): readonly ProfileMove[] {
  const ids = [...new Set([...lists(after).targets, ...lists(before).targets])];
  const names = new Map([...profileNames(before), ...profileNames(after)]);
  return ids.flatMap((target) => {
    const [was, is] = [profilesOf(before, target), profilesOf(after, target)];
    const moves = (profiles: readonly string[], move: ProfileMove["move"]) =>
      profiles.map((id) => ({ target, profile: names.get(id) ?? id, move }));
    return [...moves(missing(is, was), "given"), ...moves(missing(was, is), "taken")];
  });
}

function profilesOf({ include }: Policy, target: string): readonly string[] {
  return include.filter(({ id }) => id === target).flatMap(({ profiles }) => profiles);
}

function profileNames(policy: Policy): readonly (readonly [id: string, name: string])[] {
  return policy.shape === "profiles" ? policy.profiles.map(({ id, name }) => [id, name] as const) : [];
}

function lists({ include }: Policy): { readonly targets: readonly string[] } {
  return { targets: [...new Set(include.map(({ id }) => id))] };
}

function missing(all: readonly string[], present: readonly string[]): readonly string[] {
  return [...new Set(all)].filter((id) => !present.includes(id));
}
