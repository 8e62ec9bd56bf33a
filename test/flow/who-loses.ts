import type {
  SimKeyRestrictions,
  SimPasskey,
  SimPolicy,
  SimUser,
  SimulatedTenant,
} from "../../simulators/tenant/simulated-tenant.js";

/** Whom a change of the policy takes passkeys from, worked out from the tenant itself and nothing of ours. */
interface Losses {
  /** Could sign in with a passkey and no longer can. */
  readonly losing: readonly string[];
  /** Lose one and can still sign in with another. */
  readonly keeping: readonly string[];
}

/** People by display name; ids of those concerned besides. */
export function whoLoses(
  tenant: SimulatedTenant,
  before: SimPolicy,
  after: SimPolicy,
): Losses & { readonly ids: readonly string[] } {
  const losing: SimUser[] = [];
  const keeping: SimUser[] = [];
  for (const user of tenant.users.values()) {
    if (!user.accountEnabled || user.deleted) continue;
    const worked = user.passkeys.filter((passkey) => works(tenant, before, user, passkey));
    const works2 = user.passkeys.filter((passkey) => works(tenant, after, user, passkey));
    if (worked.every((passkey) => works2.includes(passkey))) continue;
    (works2.length > 0 ? keeping : losing).push(user);
  }
  const names = (users: readonly SimUser[]) => users.map(({ displayName }) => displayName).sort();
  return {
    losing: names(losing),
    keeping: names(keeping),
    ids: [...losing, ...keeping].map(({ id }) => id),
  };
}

/** Whether the person can sign in with this passkey under the policy. */
function works(tenant: SimulatedTenant, policy: SimPolicy, user: SimUser, passkey: SimPasskey): boolean {
  if (policy.state !== "enabled") return false;
  if (policy.excludeTargets.some(({ id }) => isIn(tenant, id, user.id))) return false;
  const targets = policy.includeTargets.filter(({ id }) => id === "all_users" || isIn(tenant, id, user.id));
  if (policy.defaultPasskeyProfile === null) {
    return targets.length > 0 && isListed(policy.keyRestrictions, passkey);
  }
  return targets
    .flatMap(({ allowedPasskeyProfiles }) => allowedPasskeyProfiles)
    .flatMap((id) => policy.passkeyProfiles.filter((profile) => profile.id === id))
    .some(
      ({ passkeyTypes, keyRestrictions }) =>
        passkeyTypes.split(",").includes(passkey.passkeyType) && isListed(keyRestrictions, passkey),
    );
}

function isListed(
  { isEnforced, enforcementType, aaGuids }: SimKeyRestrictions,
  passkey: SimPasskey,
): boolean {
  if (!isEnforced) return true;
  const isOnIt = aaGuids.some((aaguid) => aaguid.toLowerCase() === passkey.aaGuid.toLowerCase());
  return enforcementType === "allow" ? isOnIt : !isOnIt;
}

/** Members of groups in the group are members. */
function isIn(tenant: SimulatedTenant, group: string, user: string): boolean {
  const members = tenant.groups.get(group)?.members ?? [];
  return members.includes(user) || members.some((inner) => isIn(tenant, inner, user));
}

/** The policy after `remove`: the model off an allow list, or on a block list. undefined: there is nothing to do, or no way. */
export function withRemoved(policy: SimPolicy, aaguid: string, profileName?: string): SimPolicy | undefined {
  const after = structuredClone(policy);
  const profile = after.passkeyProfiles.find(({ id, name }) =>
    profileName === undefined ? id === after.defaultPasskeyProfile : name === profileName,
  );
  const rules = after.defaultPasskeyProfile === null ? after : profile;
  if (rules === undefined || !rules.keyRestrictions.isEnforced) return undefined;
  const { enforcementType, aaGuids } = rules.keyRestrictions;
  const isOnIt = aaGuids.includes(aaguid);
  if (enforcementType === "allow") {
    if (!isOnIt || aaGuids.length === 1) return undefined;
    rules.keyRestrictions.aaGuids = aaGuids.filter((each) => each !== aaguid);
  } else {
    if (isOnIt || /^[0-]+$/.test(aaguid)) return undefined;
    rules.keyRestrictions.aaGuids = [...aaGuids, aaguid];
  }
  return after;
}
