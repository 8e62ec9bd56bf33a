import type { PersonId } from "../../../person.js";
import {
  type Aaguid,
  ALL_USERS,
  type PasskeyProfile,
  type PasskeyRules,
  type PasskeyType,
  type Policy,
} from "../../../policy/policy.js";
import { type Memberships, rulesFor } from "../../../policy/who-may-use.js";

/** Whom the policy means that is this person: object ids of groups, the person's own, or all users. */
export interface OwnTargets {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** What a set of rules has against a passkey: its kind, or what its list says of the model. */
export type RulesFault = "kind" | "not-listed" | "blocked";

/** One set of rules that is the person's, and all it has against a passkey. */
export interface AgainstPasskey {
  /** Absent in a tenant without profiles. */
  readonly profile?: Pick<PasskeyProfile, "id" | "name">;
  readonly faults: readonly RulesFault[];
}

/** What keeps a passkey from being used. Each of them has to go; of several sets of rules one has to let it in. */
export type Obstacle =
  | { readonly kind: "off" }
  | { readonly kind: "excluded"; readonly by: readonly string[] }
  | { readonly kind: "outside" }
  /** The person's targets name no profile that there is. */
  | { readonly kind: "no-profile" }
  | { readonly kind: "rules"; readonly sets: readonly AgainstPasskey[] };

export type PersonsRules = PasskeyRules & Partial<Pick<PasskeyProfile, "id" | "name">>;

/** Which targets of a policy a person is in. */
export function ownTargets(policy: Policy, isIn: (target: string) => boolean): OwnTargets {
  return { include: policy.include.map(({ id }) => id).filter(isIn), exclude: policy.exclude.filter(isIn) };
}

/** The sets of rules by which a person's passkeys would be judged, were passkeys on and the person not excluded. */
export function rulesOnceLetIn(
  policy: Policy,
  person: PersonId,
  { include }: OwnTargets,
): readonly PersonsRules[] {
  const memberships: Memberships = new Map(include.map((target) => [target, new Set([person])]));
  const open = { ...policy, state: "enabled", exclude: [] } as const;
  // There is one set of rules, also for a person whom the policy is not for today.
  if (open.shape === "legacy")
    return rulesFor({ ...open, include: [{ id: ALL_USERS, profiles: [] }] }, person, memberships);
  return rulesFor(open, person, memberships);
}

/** All that keeps a passkey of this model and kind from being used by a person; empty: it works. */
export function obstaclesOf(
  policy: Policy,
  own: OwnTargets,
  rules: readonly PersonsRules[],
  passkey: { readonly aaguid: Aaguid; readonly type: PasskeyType },
): readonly Obstacle[] {
  const isOutside = own.include.length === 0;
  return [
    ...(policy.state === "disabled" ? [{ kind: "off" } as const] : []),
    ...(own.exclude.length > 0 ? [{ kind: "excluded", by: own.exclude } as const] : []),
    ...(isOutside ? [{ kind: "outside" } as const] : []),
    ...(!isOutside && rules.length === 0 ? [{ kind: "no-profile" } as const] : []),
    ...againstAll(rules, passkey),
  ];
}

function againstAll(
  rules: readonly PersonsRules[],
  passkey: { readonly aaguid: Aaguid; readonly type: PasskeyType },
): readonly Obstacle[] {
  const sets = rules.map((set) => against(set, passkey));
  const isLetIn = sets.length === 0 || sets.some(({ faults }) => faults.length === 0);
  return isLetIn ? [] : [{ kind: "rules", sets }];
}

function against(
  { id, name, types, restriction }: PersonsRules,
  { aaguid, type }: { readonly aaguid: Aaguid; readonly type: PasskeyType },
): AgainstPasskey {
  const isListed = restriction.mode !== "any" && restriction.aaguids.includes(aaguid);
  return {
    ...(id === undefined || name === undefined ? {} : { profile: { id, name } }),
    faults: [
      ...(types.includes(type) ? [] : (["kind"] as const)),
      ...(restriction.mode === "allow" && !isListed ? (["not-listed"] as const) : []),
      ...(restriction.mode === "block" && isListed ? (["blocked"] as const) : []),
    ],
  };
}
