import type { SignInDemand } from "../access/sign-in-demands.js";
import type { ProfileRef } from "../policy/change.js";
import {
  type Aaguid,
  ALL_USERS,
  type PasskeyProfile,
  type PasskeyRules,
  type Policy,
} from "../policy/policy.js";

/** Whom or what a weakening is of: a profile, or the people of a target who get other profiles. Absent: the whole policy. */
interface Of {
  readonly profile?: ProfileRef;
  /** Group id, or all users. */
  readonly target?: string;
}

/** What a change makes weaker, though it takes nothing from a person: facts, which are kept; `core/words` says them. */
export type Weakening =
  /** A model need not be proven any more when a passkey is registered. */
  | ({ readonly kind: "attestation-dropped" } & Of)
  /** Only listed models, or all but blocked ones; now any. */
  | ({ readonly kind: "restriction-dropped"; readonly was: "allow" | "block" } & Of)
  /** Only listed models; now every model that is not blocked. */
  | ({ readonly kind: "allow-list-made-block-list" } & Of)
  /** Models that were blocked work again. */
  | ({ readonly kind: "unblocked"; readonly models: readonly Aaguid[]; readonly left: number } & Of)
  /** Passkeys that are copied between devices, where none were before. */
  | ({ readonly kind: "synced-admitted" } & Of)
  /** Plans need fewer approvers than the one that was applied last. */
  | {
      readonly kind: "fewer-approvals";
      readonly before: number;
      readonly now: number;
      readonly lastPlan: number;
    }
  /** Who asks for a plan may be one of its approvers; with the plan that was applied last that was not so. */
  | { readonly kind: "self-approval-allowed"; readonly lastPlan: number }
  /** Of an approver's sign-in less is asked than with the plan that was applied last. */
  | {
      readonly kind: "sign-in-demands-dropped";
      readonly dropped: readonly SignInDemand[];
      readonly lastPlan: number;
    };

/** Everything a change makes weaker: in the rules themselves, and for people who get other rules. */
export function findWeakenings(before: Policy, after: Policy): readonly Weakening[] {
  return [...ofRuleSets(before, after), ...ofTargets(before, after)];
}

function ofRuleSets(before: Policy, after: Policy): readonly Weakening[] {
  if (before.shape === "legacy" && after.shape === "legacy") return weaker([before], [after], {});
  return setsOf(after).flatMap((profile) => {
    const old = setsOf(before).find(({ id }) => id === profile.id);
    return old === undefined
      ? []
      : weaker([old], [profile], { profile: { id: profile.id, name: profile.name } });
  });
}

/** A group that gets a laxer profile is weakened as much as if its own had become laxer. */
function ofTargets(before: Policy, after: Policy): readonly Weakening[] {
  if (after.shape === "legacy") return [];
  return after.include.flatMap(({ id }) => {
    const old = rulesOf(before, id);
    const come = profilesOf(after, id).filter((profile) => !idsOf(before, id).includes(profile.id));
    return old.length === 0 || come.length === 0 ? [] : weaker(old, come, { target: id });
  });
}

/** What the new rules permit that all of the old ones forbade together: a passkey has to meet one of them. */
function weaker(old: readonly PasskeyRules[], now: readonly PasskeyRules[], of: Of): readonly Weakening[] {
  const wasProven = old.every((rules) => rules.attestationEnforced);
  const hadNoSynced = old.every((rules) => !rules.types.includes("synced"));
  return [
    ...(wasProven && now.some((rules) => !rules.attestationEnforced)
      ? [{ kind: "attestation-dropped", ...of } as const]
      : []),
    ...restrictions(old, now, of),
    ...(hadNoSynced && now.some((rules) => rules.types.includes("synced"))
      ? [{ kind: "synced-admitted", ...of } as const]
      : []),
  ];
}

function restrictions(
  old: readonly PasskeyRules[],
  now: readonly PasskeyRules[],
  of: Of,
): readonly Weakening[] {
  const modes = new Set(old.map(({ restriction }) => restriction.mode));
  if (modes.has("any")) return [];
  if (now.some(({ restriction }) => restriction.mode === "any"))
    return [{ kind: "restriction-dropped", was: modes.has("block") ? "block" : "allow", ...of }];
  const block = now.find(({ restriction }) => restriction.mode === "block")?.restriction;
  if (block?.mode !== "block") return [];
  if (!modes.has("block")) return [{ kind: "allow-list-made-block-list", ...of }];
  const models = blockedByAll(old).filter((aaguid) => !block.aaguids.includes(aaguid));
  return models.length === 0 ? [] : [{ kind: "unblocked", models, left: block.aaguids.length, ...of }];
}

/** Models that none of the rules let in by being on no list of blocked ones. */
function blockedByAll(sets: readonly PasskeyRules[]): readonly Aaguid[] {
  const lists = sets.flatMap(({ restriction }) =>
    restriction.mode === "block" ? [restriction.aaguids] : [],
  );
  return (lists[0] ?? []).filter((aaguid) => lists.every((list) => list.includes(aaguid)));
}

function setsOf(policy: Policy): readonly PasskeyProfile[] {
  return policy.shape === "profiles" ? policy.profiles : [];
}

/** Rules of which a passkey of the people of a target has to meet one, as far as the policy alone tells. */
function rulesOf(policy: Policy, target: string): readonly PasskeyRules[] {
  if (policy.shape === "profiles") return profilesOf(policy, target);
  return policy.include.some(({ id }) => id === target || id === ALL_USERS) ? [policy] : [];
}

function profilesOf(policy: Policy, target: string): readonly PasskeyProfile[] {
  const ids = idsOf(policy, target);
  return setsOf(policy).filter(({ id }) => ids.includes(id));
}

/** What all users are offered, the people of every target are. */
function idsOf(policy: Policy, target: string): readonly string[] {
  const targets = policy.include.filter(({ id }) => id === target || id === ALL_USERS);
  return targets.flatMap(({ profiles }) => profiles);
}
