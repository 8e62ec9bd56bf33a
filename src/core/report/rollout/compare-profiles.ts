import type { Refusal } from "../../errors.js";
import { findProfile } from "../../policy/desired/find-profile.js";
import type { Aaguid, PasskeyProfile, ProfilesPolicy, Restriction } from "../../policy/policy.js";

/** In what profiles differ, of those that were named, or of all. */
export interface ProfileComparison {
  readonly profiles: readonly PasskeyProfile[];
  readonly differs: {
    readonly types: boolean;
    readonly attestation: boolean;
    readonly restriction: boolean;
    readonly who: boolean;
  };
  /** Models on some of the lists and not on all of them; of profiles whose lists are of one kind. */
  readonly models: readonly { readonly aaguid: Aaguid; readonly on: readonly string[] }[];
}

/** @param names as typed; none: all profiles. Refuses a name that no profile has. */
export function compareProfiles(
  policy: ProfilesPolicy,
  names: readonly string[],
): ProfileComparison | Refusal {
  const profiles: PasskeyProfile[] = [];
  for (const name of names) {
    const found = findProfile(policy, name);
    if ("kind" in found) return found;
    if (!profiles.some(({ id }) => id === found.id)) profiles.push(found);
  }
  const compared = names.length === 0 ? policy.profiles : profiles;
  const who = ({ id }: PasskeyProfile) =>
    policy.include.filter((target) => target.profiles.includes(id)).map((target) => target.id);
  return {
    profiles: compared,
    differs: {
      types: differ(compared.map(({ types, otherTypes = [] }) => [...types, ...otherTypes])),
      attestation: differ(
        compared.map((each) => [each.otherAttestation ?? String(each.attestationEnforced)]),
      ),
      restriction: differ(compared.map(({ restriction }) => [restriction.mode, ...listOf(restriction)])),
      who: differ(compared.map(who)),
    },
    models: modelsThatDiffer(compared),
  };
}

function differ(sets: readonly (readonly string[])[]): boolean {
  return new Set(sets.map((set) => [...new Set(set)].sort().join(" "))).size > 1;
}

function modelsThatDiffer(profiles: readonly PasskeyProfile[]): ProfileComparison["models"] {
  const modes = new Set(profiles.map(({ restriction }) => restriction.mode));
  if (modes.size !== 1 || modes.has("any")) return [];
  const all = new Set(profiles.flatMap(({ restriction }) => listOf(restriction)));
  return [...all].flatMap((aaguid) => {
    const on = profiles.filter(({ restriction }) => listOf(restriction).includes(aaguid));
    return on.length === profiles.length ? [] : [{ aaguid, on: on.map(({ id }) => id) }];
  });
}

const listOf = (restriction: Restriction): readonly Aaguid[] =>
  restriction.mode === "any" ? [] : restriction.aaguids;
